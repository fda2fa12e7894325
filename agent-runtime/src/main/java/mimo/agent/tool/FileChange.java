package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.edit.UnifiedDiff;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.HeldFile;
import mimo.agent.file.Holding;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.file.PathRefusedException;
import mimo.agent.json.Json;
import mimo.engine.redaction.Placeholders;
import org.jspecify.annotations.Nullable;

/// What all tools that change a file have in common: they refuse what was redacted, hold the file
/// alone, and demand that it was read as it is now (A46, A47). Thread-safe.
final class FileChange {

  /// The change itself, while the file is held.
  interface Change {
    /// @param before what the file holds, which was read; null if it does not exist
    Decision decide(byte @Nullable [] before);
  }

  /// What is to become of a file.
  sealed interface Decision {
    /// It gets these bytes, which the model is told of.
    final class Replace implements Decision {
      private final byte[] bytes;
      private final String told;

      Replace(byte[] bytes, String told) {
        this.bytes = bytes;
        this.told = told;
      }
    }

    record Leave(String reason) implements Decision {}
  }

  private final PathGuard guard;
  private final FileReplacement files;
  private final Readings readings;

  FileChange(PathGuard guard, FileReplacement files, Readings readings) {
    this.guard = guard;
    this.files = files;
    this.readings = readings;
  }

  /// The change as a diff, for whoever is asked whether it may be made; empty if it cannot be. It
  /// is not held, so what is made may yet differ: then the file is no longer as it was read.
  Optional<String> preview(ObjectNode input, Change change) {
    try {
      return switch (guard.locate(guard.relative(input.path("file_path").asText()))) {
        case Location.Refused _ -> Optional.empty();
        case Location.Missing _ -> diff(null, change);
        case Location.Inside file when file.kind() == Location.Kind.FOLDER -> Optional.empty();
        case Location.Inside file -> {
          try (var channel = guard.open(file);
              var stream = Channels.newInputStream(channel)) {
            byte[] bytes = stream.readNBytes(AgentLimits.CHANGED_FILE_BYTES + 1);
            yield bytes.length > AgentLimits.CHANGED_FILE_BYTES
                ? Optional.empty()
                : diff(bytes, change);
          }
        }
      };
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> diff(byte @Nullable [] before, Change change) {
    return switch (change.decide(before)) {
      case Decision.Leave _ -> Optional.empty();
      case Decision.Replace replace ->
          Optional.of(UnifiedDiff.of(before == null ? new byte[0] : before, replace.bytes));
    };
  }

  Tool.Result run(ObjectNode input, Change change) throws InterruptedException {
    if (Placeholders.in(Json.write(input))) {
      return Tool.Result.error(
          "the input holds a [REDACTED:…] mark, which stands for a secret mimo does not pass on; "
              + "nothing was changed. Leave that part of the file as it is");
    }
    var path = guard.relative(input.path("file_path").asText());
    try {
      return switch (files.hold(path)) {
        case Holding.Refused(var code, var message) -> Tool.Result.error(code + ": " + message);
        case Holding.Held(var held) -> {
          try (held) {
            yield run(path, held, change);
          }
        }
      };
    } catch (NoSuchFileException gone) {
      return Tool.Result.error("'" + path + "' is gone, or its folder is");
    } catch (PathRefusedException swapped) {
      return Tool.Result.error(Location.Refused.CODE + ": " + swapped.getMessage());
    } catch (ClosedByInterruptException cancelled) {
      throw new InterruptedException("the change was cancelled");
    } catch (IOException broken) {
      return Tool.Result.error("'" + path + "' cannot be changed: " + word(broken));
    }
  }

  private Tool.Result run(String path, HeldFile file, Change change)
      throws IOException, InterruptedException {
    byte[] before = null;
    if (file.exists()) {
      var bytes = file.read(AgentLimits.CHANGED_FILE_BYTES);
      var fault = bytes.map(now -> unread(path, file, now)).orElse(tooLarge(path));
      if (fault.isPresent()) {
        return Tool.Result.error(fault.get());
      }
      before = bytes.get();
    }
    return switch (change.decide(before)) {
      case Decision.Leave(var reason) -> Tool.Result.error(reason);
      case Decision.Replace replace -> {
        file.replace(replace.bytes);
        readings.holds(file.path(), replace.bytes);
        yield Tool.Result.ok(replace.told);
      }
    };
  }

  private Optional<String> unread(String path, HeldFile file, byte[] now) {
    return switch (readings.of(file.path(), now)) {
      case CURRENT -> Optional.empty();
      case CHANGED_SINCE ->
          Optional.of("'" + path + "' has changed since it was read; read it again");
      case NEVER_READ ->
          Optional.of(
              "'"
                  + path
                  + "' exists and was not read in this session; read it first (after a resume:"
                  + " read it again)");
    };
  }

  private static Optional<String> tooLarge(String path) {
    return Optional.of(
        "'%s' has more than %d bytes, which is too large to be changed by mimo's tools"
            .formatted(path, AgentLimits.CHANGED_FILE_BYTES));
  }

  /// The kind of fault in words: its own message would name a path of this machine.
  private static String word(IOException fault) {
    return fault.getClass().getSimpleName().replace("Exception", "");
  }
}
