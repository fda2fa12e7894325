package mimo.sandbox.compile;

import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.ImportNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.sandbox.Compilation.Import;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.ScriptFault;

/// What one file imports: a number for each file it names, and the names it wants of each.
///
/// The statements themselves leave the text, which keeps its length; in their place stand constants
/// that are read from the files' exports when the importing file starts. So an imported name keeps
/// the value it had then; only a namespace (`import * as all`) sees later changes.
final class Imports {

  private static final String NAMESPACE = "__wf_m(";
  private static final Pattern RELATIVE = Pattern.compile("\\.\\.?/[^\\x00]*\\.(?:js|mjs|ts)");

  private final LineIndex lines;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Import> files = new ArrayList<>();
  private final List<Wanted> wanted = new ArrayList<>();
  private final Set<String> locals = new HashSet<>();
  private final List<ScriptFault> faults = new ArrayList<>();

  /// A name that the file with this number must export.
  record Wanted(int file, String name, Position position) {}

  Imports(LineIndex lines) {
    this.lines = lines;
  }

  List<Import> files() {
    return files;
  }

  List<Wanted> wanted() {
    return wanted;
  }

  /// What the imported names are called in this file.
  Set<String> locals() {
    return locals;
  }

  List<ScriptFault> faults() {
    return faults;
  }

  /// Takes the import statements of a module out of the text.
  void take(FunctionNode module, StringBuilder text, Edits edits) {
    for (var statement : module.getModule().getImports()) {
      int start = statement.getStart();
      int number = number(statement.getModuleSpecifier().getValue().toJavaStringUncached(), start);
      int end = Statements.take(text, start, statement.getFinish());
      edits.bracket(Edits.Kind.IMPORT, start + 1, end, constants(statement, number), "");
    }
  }

  private String constants(ImportNode statement, int number) {
    var clause = statement.getImportClause();
    if (clause == null) {
      return "";
    }
    var text = new StringBuilder();
    if (clause.getDefaultBinding() != null) {
      text.append(constant(number, "default", clause.getDefaultBinding()));
    }
    if (clause.getNameSpaceImport() != null) {
      String local = clause.getNameSpaceImport().getBindingIdentifier().getName();
      locals.add(local);
      text.append("const ").append(local).append('=').append(namespace(number)).append(';');
    }
    if (clause.getNamedImports() != null) {
      for (var name : clause.getNamedImports().getImportSpecifiers()) {
        var local = name.getBindingIdentifier();
        var imported = name.getIdentifier();
        text.append(
            constant(
                number, imported == null ? local.getName() : imported.getPropertyName(), local));
      }
    }
    return text.toString();
  }

  private String constant(int number, String name, IdentNode local) {
    want(number, name, local.getStart());
    locals.add(local.getName());
    if (local.getName().equals("await")) {
      // The parser does not see it.
      faults.add(FaultFound.fault(lines.position(local.getStart()), "'await' cannot be a name"));
    }
    return "const {"
        + Statements.key(name)
        + ":"
        + local.getName()
        + "}="
        + namespace(number)
        + ";";
  }

  /// The text that gives the exports of the file with this number.
  static String namespace(int number) {
    return NAMESPACE + number + ")";
  }

  void want(int file, String name, int offset) {
    wanted.add(new Wanted(file, name, lines.position(offset)));
  }

  /// The number of the file a specifier names.
  int number(String specifier, int offset) {
    if (!RELATIVE.matcher(specifier).matches()) {
      faults.add(
          FaultFound.fault(
              lines.position(offset),
              "'"
                  + specifier
                  + "' cannot be imported: an import names a file by ./ or ../, and ends in .js,"
                  + " .mjs or .ts"));
    }
    return numbers.computeIfAbsent(
        specifier,
        _ -> {
          files.add(new Import(specifier, lines.position(offset)));
          return files.size() - 1;
        });
  }
}
