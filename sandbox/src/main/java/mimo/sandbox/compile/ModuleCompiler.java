package mimo.sandbox.compile;

import com.oracle.js.parser.ParserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.CompiledScript.Parts;
import mimo.sandbox.compile.CompiledScript.Role;
import mimo.sandbox.compile.ScriptCompiler.Outcome;

/// Compiles a file that a script imports (L15): first read as the module it is, then as the body of
/// a function that runs once, before the script.
final class ModuleCompiler {

  private ModuleCompiler() {}

  /// @throws FaultFound at the first syntax error
  static Outcome compile(ScriptSource source, LineIndex lines, String head, String tail) {
    var body = new StringBuilder(source.text());
    Statements.blank(body, 0, preamble(source.text()));
    // Brackets round nothing would have no order.
    body.append(body.isEmpty() ? " " : "");
    var module = parse(body, lines, true);
    var faults = new ArrayList<ScriptFault>();
    shape(module, lines, faults);
    var edits = new Edits();
    var imports = new Imports(lines);
    imports.take(module.root(), body, edits);
    var exports = new Exports(imports);
    exports.take(module.root(), body, edits);
    faults.addAll(imports.faults());
    if (!faults.isEmpty()) {
      return new Outcome.Refused(faults);
    }
    var program = parse(body, lines, false);
    faults.addAll(ForbiddenSyntax.find(program, lines, exports.ownMarks()));
    if (!faults.isEmpty()) {
      return new Outcome.Refused(faults);
    }
    edits.bracket(Edits.Kind.WRAPPER, 0, body.length(), head + exports.text(), tail);
    int[] sites = new FrameRewriter(body.toString(), program, edits).rewrite();
    var free = FreeNames.of(program, imports.locals());
    var shared = new HashSet<>(imports.locals());
    shared.addAll(exports.locals());
    var parts =
        new Parts(
            "{}",
            imports.files(),
            imports.wanted(),
            exports.names(),
            exports.stars(),
            free.names(lines),
            SchemaLiterals.find(program, body.toString(), lines, shared),
            AgentOptionNames.find(program, lines, shared),
            free.scripts(lines));
    return new Outcome.Accepted(
        new CompiledScript(
            source.name(), Role.MODULE, parts, edits.apply(body.toString(), source.text()), sites));
  }

  private static int preamble(String text) {
    var cursor = new Cursor(text);
    cursor.skipPreamble();
    return cursor.offset();
  }

  /// What a module may hold and an imported file may not.
  private static void shape(ParsedProgram module, LineIndex lines, List<ScriptFault> faults) {
    int await = module.firstAwait();
    if (await >= 0) {
      faults.add(
          FaultFound.fault(
              lines.position(await), "an imported file cannot await outside a function"));
    }
    for (var entry : module.root().getModule().getExports()) {
      if (entry.getVar() != null && entry.getVar().getName().getName().equals("meta")) {
        faults.add(
            FaultFound.fault(
                lines.position(entry.getStart()),
                "an imported file has no `meta`: only the script that is started has one"));
      }
    }
  }

  private static ParsedProgram parse(StringBuilder body, LineIndex lines, boolean module) {
    try {
      return module
          ? ParsedProgram.parseModule(body.toString())
          : ParsedProgram.parse(body.toString(), false);
    } catch (ParserException e) {
      throw FaultFound.at(
          lines.position(Math.clamp(e.getPosition(), 0, body.length())), e.getRawMessage());
    }
  }
}
