package mimo.agent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import mimo.agent.AgentLimits;

/// The text of a file that the user gives along with a prompt, read through the guard.
public sealed interface AttachedText {

  record Found(String text) implements AttachedText {}

  /// @param code a name of the error table
  record Refused(String code, String message) implements AttachedText {}

  /// Reads a file of the workspace.
  static AttachedText read(PathGuard guard, String path) {
    return switch (guard.locate(guard.relative(path))) {
      case Location.Refused(var message) -> new Refused(Location.Refused.CODE, message);
      case Location.Missing _ -> unreadable(path, "is not there");
      case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
          unreadable(path, "is a folder");
      case Location.Inside inside -> read(guard, path, inside);
    };
  }

  private static AttachedText read(PathGuard guard, String path, Location.Inside file) {
    try (var channel = guard.open(file);
        var stream = Channels.newInputStream(channel)) {
      var bytes = stream.readNBytes(AgentLimits.ATTACHED_BYTES + 1);
      if (bytes.length > AgentLimits.ATTACHED_BYTES) {
        return unreadable(path, "has more than " + AgentLimits.ATTACHED_BYTES + " bytes");
      }
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return new Found(text.toString());
    } catch (CharacterCodingException binary) {
      return unreadable(path, "is not UTF-8 text");
    } catch (IOException broken) {
      return unreadable(path, "cannot be read: " + broken.getClass().getSimpleName());
    }
  }

  private static AttachedText unreadable(String path, String why) {
    return new Refused("file_unreadable", "'" + path + "' " + why);
  }
}
