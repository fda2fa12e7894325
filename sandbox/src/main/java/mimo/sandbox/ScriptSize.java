package mimo.sandbox;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The cap on a script file, checked before anything looks into it.
public final class ScriptSize {

  private ScriptSize() {}

  /// The fault of a file that is too long; null if it is not.
  public static @Nullable ScriptFault fault(ScriptSource source, int maxBytes) {
    int bytes = source.text().getBytes(StandardCharsets.UTF_8).length;
    if (bytes <= maxBytes) {
      return null;
    }
    String message = "the file has %d bytes; at most %d are allowed".formatted(bytes, maxBytes);
    return new ScriptFault("script_invalid", "SyntaxError", message, 0, 0, "");
  }
}
