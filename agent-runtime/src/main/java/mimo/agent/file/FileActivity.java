package mimo.agent.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.redaction.Placeholders;

/// Performs the steps by which a script looks at the workspace and changes it: `readFile`,
/// `exists`, `glob` and `writeFile` (L55–L58).
public final class FileActivity implements Activity {

  private static final String NO_REPORT = "{}";

  private final PathGuard guard;
  private final ScriptWrites writes;

  public FileActivity(PathGuard guard, ScriptWrites writes) {
    this.guard = guard;
    this.writes = writes;
  }

  @Override
  public ActivityResult perform(ActivityRequest request, ActivityContext context)
      throws InterruptedException {
    try {
      var input = Json.parse(request.input());
      var operation = input.path("operation").asText();
      return switch (operation) {
        case "readFile" -> readFile(text(input, "path"));
        case "exists" -> exists(text(input, "path"));
        case "glob" -> glob(text(input, "pattern"), context);
        case "writeFile" -> writeFile(text(input, "path"), text(input, "text"));
        default -> failed("bad_argument", "'" + operation + "' is no operation on files");
      };
    } catch (IllegalArgumentException malformed) {
      return failed("bad_argument", String.valueOf(malformed.getMessage()));
    } catch (IOException broken) {
      return failed("file_unreadable", "the file system answered with an error: " + word(broken));
    }
  }

  private ActivityResult readFile(String path) throws IOException {
    return switch (guard.locate(path)) {
      case Location.Refused(var message) -> failed(Location.Refused.CODE, message);
      case Location.Missing _ -> completed("null");
      case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
          failed("bad_argument", "'" + path + "' is a folder; readFile reads files");
      case Location.Inside inside -> readFile(inside);
    };
  }

  private ActivityResult readFile(Location.Inside file) throws IOException {
    try (var channel = guard.open(file);
        var stream = Channels.newInputStream(channel)) {
      var bytes = stream.readNBytes(AgentLimits.SCRIPT_FILE_BYTES + 1);
      if (bytes.length > AgentLimits.SCRIPT_FILE_BYTES) {
        return failed(
            "value_too_large",
            "'" + file.asked() + "' has more than " + AgentLimits.SCRIPT_FILE_BYTES + " bytes");
      }
      return completed(Json.quote(new String(bytes, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException gone) {
      return completed("null");
    } catch (PathRefusedException swapped) {
      return failed(Location.Refused.CODE, String.valueOf(swapped.getMessage()));
    }
  }

  private ActivityResult exists(String path) {
    return switch (guard.locate(path)) {
      case Location.Refused(var message) -> failed(Location.Refused.CODE, message);
      case Location.Missing _ -> completed("false");
      case Location.Inside _ -> completed("true");
    };
  }

  private ActivityResult glob(String pattern, ActivityContext context)
      throws IOException, InterruptedException {
    var glob = Glob.parse(pattern);
    var escape = PathGuard.shapeFault(pattern);
    if (escape != null) {
      return failed(Location.Refused.CODE, escape);
    }
    var search = new GlobSearch(guard, TreeWalk.Leaving.NOTHING, AgentLimits.SCRIPT_GLOB_PATHS);
    return switch (search.find(".", glob, context.cancellation())) {
      case GlobSearch.Outcome.Refused(var message) -> failed(Location.Refused.CODE, message);
      case GlobSearch.Outcome.Found found when found.ending() != TreeWalk.Ending.DONE ->
          failed("value_too_large", tooMany(pattern));
      case GlobSearch.Outcome.Found found -> {
        var paths = JsonNodeFactory.instance.arrayNode();
        found.paths().forEach(paths::add);
        yield completed(Json.write(paths));
      }
    };
  }

  /// A step that was cut off is done again: it replaces the file by the same text.
  private ActivityResult writeFile(String path, String text) throws InterruptedException {
    if (Placeholders.in(text) || Placeholders.in(path)) {
      return failed(
          "bad_argument", "the text for '" + path + "' holds a mark in place of a secret");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return failed("bad_argument", "the text for '" + path + "' holds half a character");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > AgentLimits.SCRIPT_WRITE_BYTES) {
      return failed(
          "value_too_large",
          "the text for '" + path + "' has more than " + AgentLimits.SCRIPT_WRITE_BYTES + " bytes");
    }
    try {
      return writes
          .write(path, bytes)
          .map(fault -> failed(fault.code(), fault.message()))
          .orElseGet(() -> completed("null"));
    } catch (PathRefusedException swapped) {
      return failed(Location.Refused.CODE, String.valueOf(swapped.getMessage()));
    } catch (ClosedByInterruptException cancelled) {
      throw new InterruptedException("writeFile was cancelled");
    } catch (IOException broken) {
      return failed("file_unwritable", "'" + path + "' cannot be written: " + word(broken));
    }
  }

  private static String tooMany(String pattern) {
    return String.format(
        Locale.ROOT,
        "glob '%s' meets more than %d paths, %d entries or %d levels; narrow the pattern",
        pattern,
        AgentLimits.SCRIPT_GLOB_PATHS,
        AgentLimits.WALK_ENTRIES,
        AgentLimits.WALK_DEPTH);
  }

  private static String text(JsonNode input, String name) {
    var value = input.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + name + "' must be a string");
    }
    return value.textValue();
  }

  /// The kind of fault in words: its own message would name a path of this machine.
  private static String word(IOException fault) {
    return fault.getClass().getSimpleName().replace("Exception", "");
  }

  private static ActivityResult completed(String json) {
    return new ActivityResult.Completed(json, NO_REPORT);
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, NO_REPORT);
  }
}
