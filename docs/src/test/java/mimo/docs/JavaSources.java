package mimo.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;

/// What the Java sources declare, as the compiler's own parser reads them.
///
/// @param types every class, interface, record and enum, nested ones too
/// @param methods every method and constructor with a body
/// @param literals every text literal
record JavaSources(List<Type> types, List<Method> methods, Set<String> literals) {

  record Type(Path file, String name) {}

  /// @param lines from the first line of the declaration to the closing brace
  record Method(Path file, String type, String name, long lines) {}

  static JavaSources parse(List<Path> files) {
    var compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).orElseThrow();
    var platform = compiler.getStandardFileManager(null, null, null);
    var task =
        (JavacTask)
            compiler.getTask(
                null, platform, null, List.of(), null, platform.getJavaFileObjectsFromPaths(files));
    var sources = new JavaSources(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
    try {
      var positions = Trees.instance(task).getSourcePositions();
      for (var unit : task.parse()) {
        new Reader(unit, positions, sources).scan(unit, "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse the sources", e);
    }
    return sources;
  }

  private static final class Reader extends TreeScanner<Void, String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final JavaSources found;
    private final Path file;

    Reader(CompilationUnitTree unit, SourcePositions positions, JavaSources found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
      this.file = Path.of(unit.getSourceFile().toUri());
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
      var name = type.getSimpleName().toString();
      if (!name.isEmpty()) {
        found.types().add(new Type(file, name));
      }
      return super.visitClass(type, name.isEmpty() ? outer : name);
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
      if (method.getBody() != null) {
        var name = method.getName().toString();
        found.methods().add(new Method(file, type, name, linesOf(method)));
      }
      return super.visitMethod(method, type);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, String type) {
      if (literal.getValue() instanceof String text) {
        found.literals().add(text);
      }
      return super.visitLiteral(literal, type);
    }

    private long linesOf(Tree tree) {
      var lines = unit.getLineMap();
      var first = lines.getLineNumber(positions.getStartPosition(unit, tree));
      return lines.getLineNumber(positions.getEndPosition(unit, tree)) - first + 1;
    }
  }
}
