package mimo.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.ScriptText;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.sandbox.ImportedFiles.Found;
import mimo.sandbox.ScriptSource;
import mimo.workflows.BuiltinWorkflow;

/// Finds and reads the scripts that other scripts run: by name as the command line does (L18), by
/// path only below the workspace or below the folder of the script that asks (L14). Thread-safe.
///
/// Nothing it says names a path outside of these (L113).
final class WorkflowLookup implements Activity {

  /// More than the compiler takes: it says best what is wrong with a long file.
  private static final int MAX_BYTES = 1024 * 1024;

  private static final String BUILTIN = "builtin:";

  /// As `workflow.js` tells a script from a path, and a path from a name.
  private static final Pattern SOURCE = Pattern.compile("\\bexport\\s+const\\s+meta\\b");

  private static final Pattern FILE = Pattern.compile("/|\\.(?:js|mjs|ts)$");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scripts scripts;
  private final Path workspace;

  /// @param scripts what names mean in this workspace
  WorkflowLookup(Scripts scripts, Path workspace) {
    this.scripts = scripts;
    this.workspace = workspace;
  }

  @Override
  public ActivityResult perform(ActivityRequest request, ActivityContext context) {
    try {
      return new ActivityResult.Completed(found(input(request)).toJson(), "{}");
    } catch (CommandException e) {
      return new ActivityResult.Failed(e.failure().code(), e.failure().message(), "{}");
    }
  }

  /// Why a text in a call of `workflow` means no script; empty if it does, or is one itself.
  ///
  /// @param caller where the script is that holds the call
  Optional<Failure> whyMissing(String ref, String caller) {
    if (SOURCE.matcher(ref).find()) {
      return Optional.empty();
    }
    try {
      if (FILE.matcher(ref).find()) {
        below(ref, caller);
      } else {
        scripts.look(name(ref));
      }
      return Optional.empty();
    } catch (CommandException e) {
      return Optional.of(e.failure());
    }
  }

  private static JsonNode input(ActivityRequest request) {
    try {
      return JSON.readTree(request.input());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request's input is no JSON: " + request.input(), e);
    }
  }

  private ScriptText found(JsonNode input) {
    if (input.has("import")) {
      return imported(input);
    }
    return input.has("scriptPath")
        ? below(input.path("scriptPath").asText(), input.path("caller").asText())
        : named(input.path("name").asText());
  }

  /// A path given on a command line is agreed to by who gives it; one in a script is not (L19).
  private static String name(String name) {
    if (name.contains("/") || Scripts.isScript(name)) {
      throw new CommandException(
          "workflow_unknown", "'" + name + "' is no name of a workflow; a file is a scriptPath");
    }
    return name;
  }

  private ScriptText named(String name) {
    var script = scripts.find(name(name));
    var location = script.location();
    if (location.startsWith(BUILTIN)) {
      return new ScriptText(
          script.name(), new ScriptFile(location, location, script.text()), schema(location));
    }
    var file = Path.of(location);
    return text(
        file.startsWith(workspace) ? workspace.relativize(file) : file.getFileName(),
        file,
        script.text());
  }

  private static Optional<String> schema(String location) {
    return BuiltinWorkflow.named(location.substring(BUILTIN.length()))
        .map(BuiltinWorkflow::argumentsSchema);
  }

  /// As a run's own script is known: by its name in its folder.
  private static ScriptText text(Path shown, Path file, String text) {
    var path = Objects.requireNonNull(file.getFileName()).toString();
    return new ScriptText(
        shown.toString(), new ScriptFile(path, file.toString(), text), Optional.empty());
  }

  /// A path means what it means to `readFile`; where there is no such file, one beside the script.
  private ScriptText below(String path, String caller) {
    var asked = plain(path);
    for (var folder : folders(caller)) {
      var text = below(asked, folder);
      if (text.isPresent()) {
        return text.get();
      }
    }
    throw new CommandException(
        "workflow_unknown", "there is no script " + asked + " in the workspace");
  }

  private List<Path> folders(String caller) {
    var folders = new ArrayList<Path>();
    folders.add(workspace);
    if (!caller.isEmpty() && !caller.startsWith(BUILTIN)) {
      folders.add(Path.of(caller).resolveSibling(""));
    }
    return folders;
  }

  private static String plain(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }

  private Optional<ScriptText> below(String path, Path folder) {
    if (!Scripts.isScript(path)) {
      throw new CommandException(
          "script_invalid", path + " is no script: those end in .js, .mjs or .ts");
    }
    try {
      var guard = PathGuard.over(folder);
      return switch (guard.locate(path)) {
        case Location.Refused(var message) ->
            throw new CommandException(Location.Refused.CODE, message);
        case Location.Missing _ -> Optional.empty();
        case Location.Inside(_, var real, var kind) when kind == Location.Kind.FOLDER ->
            throw new CommandException("script_missing", real + " is a folder");
        case Location.Inside inside -> Optional.of(read(guard, inside));
      };
    } catch (CharacterCodingException e) {
      throw new CommandException("script_invalid", path + " is not UTF-8 text");
    } catch (IOException e) {
      throw new CommandException("script_missing", "cannot read " + path);
    }
  }

  private static ScriptText read(PathGuard guard, Location.Inside file) throws IOException {
    try (var channel = guard.open(file);
        var stream = Channels.newInputStream(channel)) {
      var bytes = ByteBuffer.wrap(stream.readNBytes(MAX_BYTES));
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text(file.real(), guard.root().resolve(file.real()), text);
    }
  }

  private ScriptText imported(JsonNode input) {
    var entry = Path.of(input.path("entry").asText());
    var script = input.path("script").asText();
    var folder = ImportFolder.of(new Script(script, entry.toString(), ""));
    var importer = new ScriptSource(input.path("importer").asText(), "");
    return switch (folder.find(importer, input.path("import").asText())) {
      case Found.Refused(var code, var message) ->
          throw new CommandException(code, withoutFolder(message, entry.resolveSibling("")));
      case Found.File(var source) ->
          new ScriptText(source.name(), folder.files().files().getLast(), Optional.empty());
    };
  }

  private static String withoutFolder(String message, Path folder) {
    return message.replace(folder + "/", "").replace(folder.toString(), "of the script");
  }
}
