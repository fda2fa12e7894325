package mimo.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.output.AnswerSchema;
import mimo.agent.permission.Outlook;
import mimo.cli.command.Runs.Checked;
import mimo.cli.error.Failure;
import mimo.cli.error.Nearest;
import mimo.cli.script.Script;
import mimo.compose.ComposeException;
import mimo.compose.ComposeLibrary;
import mimo.compose.ScriptMeta;
import mimo.engine.SourcePosition;
import mimo.sandbox.Compilation;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.Sandbox;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// Finds everything that is wrong with a script before it runs (L115).
final class ScriptCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Script script;
  private final ImportFolder folder;
  private final ErasedTexts erasedTexts;
  private final WorkflowLookup lookup;

  /// @param lookup finds the scripts it runs
  ScriptCheck(Script script, ErasedTexts erasedTexts, WorkflowLookup lookup) {
    this.script = script;
    this.erasedTexts = erasedTexts;
    this.lookup = lookup;
    this.folder = ImportFolder.of(script);
  }

  Checked run(Sandbox sandbox) throws InterruptedException {
    var source = new ScriptSource(script.name(), script.text());
    var compilation = sandbox.compile(source, folder, erasedTexts);
    var problems =
        switch (compilation) {
          case Compilation.Rejected(var faults) ->
              faults.stream().map(fault -> failure(fault, script, folder)).toList();
          case Compilation.Compiled compiled -> problems(compiled);
        };
    var warnings =
        compilation instanceof Compilation.Compiled compiled
            ? warnings(compiled)
            : List.<Failure>of();
    var files = folder.files();
    return new Checked(problems, warnings, files.files().size() - 1, files.hash());
  }

  private List<Failure> problems(Compilation.Compiled compiled) {
    var problems = new ArrayList<Failure>();
    try {
      ScriptMeta.parse(compiled.meta());
    } catch (ComposeException e) {
      problems.add(new Failure(e.code(), String.valueOf(e.getMessage()), null, null, null));
    }
    compiled.schemas().forEach(schema -> contradiction(schema).ifPresent(problems::add));
    return problems;
  }

  /// A workflow that is not there now may be by the time it is run.
  private List<Failure> warnings(Compilation.Compiled compiled) {
    var warnings = new ArrayList<Failure>();
    warnings.addAll(permissions(compiled));
    for (var option : compiled.options()) {
      var name = option.name();
      if (!ComposeLibrary.AGENT_OPTIONS.contains(name)) {
        var hint = Nearest.hint(name, ComposeLibrary.AGENT_OPTIONS);
        var message = "agent option \"" + name + "\" is unknown and ignored" + hint;
        warnings.add(at("bad_argument", message, option.position(), folder));
      }
    }
    for (var reference : compiled.scripts()) {
      var missing = lookup.whyMissing(reference.name(), script.location());
      missing.ifPresent(
          why -> warnings.add(at(why.code(), why.message(), reference.position(), folder)));
    }
    return warnings;
  }

  /// What it asks for at the launch and cannot be asked for (L7).
  private List<Failure> permissions(Compilation.Compiled compiled) {
    try {
      var asked = LaunchQuestion.reasons(ScriptMeta.parse(compiled.meta()).permissions()).keySet();
      if (asked.size() > AgentLimits.REQUESTED_PERMISSIONS) {
        return List.of(warning(LaunchQuestion.tooMany(script.name(), asked.size())));
      }
      return asked.stream()
          .flatMap(grant -> Outlook.unaskable(grant).stream())
          .map(outlook ->
              warning(
                  "meta.permissions asks for %s and does not get it: %s"
                      .formatted(LaunchQuestion.words(outlook.asked()), outlook.reason())))
          .toList();
    } catch (ComposeException e) {
      return List.of();
    }
  }

  private static Failure warning(String message) {
    return new Failure("bad_argument", message, null, null, null);
  }

  /// What is wrong with a schema before any agent is asked (L91).
  private Optional<Failure> contradiction(Compilation.SchemaLiteral schema) {
    try {
      return AnswerSchema.read(JSON.readTree(schema.json()))
              instanceof AnswerSchema.Reading.Invalid(var message)
          ? Optional.of(at(AnswerSchema.Reading.Invalid.CODE, message, schema.position(), folder))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the worker's JSON is none: " + schema.json(), e);
    }
  }

  static Failure failure(ScriptFault fault, Script script, ImportFolder folder) {
    var file = fault.file().isEmpty() ? script.name() : fault.file();
    return at(
        fault.code(),
        fault.name() + ": " + fault.message(),
        new Position(fault.line(), fault.column(), file),
        folder);
  }

  private static Failure at(String code, String message, Position at, ImportFolder folder) {
    var file = at.file().isEmpty() ? folder.scriptName() : at.file();
    @Nullable SourcePosition position =
        at.line() < 1 ? null : new SourcePosition(file, at.line(), Math.max(1, at.column()));
    return new Failure(code, message, position, folder.text(file), null);
  }
}
