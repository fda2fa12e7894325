package mimo.sandbox.compile;

import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LiteralNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mimo.sandbox.Compilation.Reference;

/// Finds the names a program uses and does not declare, each where it is used first, and the texts
/// it hands to the one function that runs other scripts.
final class FreeNames extends VariableVisitor {

  /// All of them must fit into a frame, and no real script comes near it.
  private static final int MOST_NAMES = 1_000;

  private static final String RUNS_SCRIPTS = "workflow";
  private static final int LONGEST_TEXT = 256;

  private final Map<String, Integer> first = new HashMap<>();
  private final Map<Integer, String> scripts = new TreeMap<>();
  private final Set<String> imported;

  private FreeNames(Set<String> imported) {
    this.imported = imported;
  }

  /// @param imported names that are declared by statements no longer in the text
  static FreeNames of(ParsedProgram program, Set<String> imported) {
    var visitor = new FreeNames(imported);
    program.root().accept(visitor);
    visitor.first.keySet().removeAll(imported);
    // What stands for `export default`; no script can use such a name.
    visitor.first.keySet().removeIf(name -> name.startsWith(ForbiddenSyntax.RESERVED));
    return visitor;
  }

  List<Reference> names(LineIndex lines) {
    return first.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(MOST_NAMES)
        .map(name -> new Reference(name.getKey(), lines.position(name.getValue())))
        .toList();
  }

  /// The short texts in calls of `workflow`, where the program does not declare that itself.
  List<Reference> scripts(LineIndex lines) {
    return scripts.entrySet().stream()
        .limit(MOST_NAMES)
        .map(script -> new Reference(script.getValue(), lines.position(script.getKey())))
        .toList();
  }

  @Override
  public boolean enterCallNode(CallNode call) {
    if (call.getFunction() instanceof IdentNode name
        && name.getName().equals(RUNS_SCRIPTS)
        && !imported.contains(RUNS_SCRIPTS)
        && !isDeclared(RUNS_SCRIPTS)
        && !call.getArgs().isEmpty()
        && call.getArgs().getFirst() instanceof LiteralNode<?> literal
        && literal.isString()
        && literal.getString().length() <= LONGEST_TEXT) {
      scripts.put(literal.getStart(), literal.getString());
    }
    return true;
  }

  @Override
  public boolean enterIdentNode(IdentNode name) {
    if (!name.isPropertyName() && !name.isThis() && !name.isSuper() && !name.isMetaProperty()) {
      if (!isDeclared(name.getName())) {
        first.merge(name.getName(), name.getStart(), Math::min);
      }
    }
    return true;
  }
}
