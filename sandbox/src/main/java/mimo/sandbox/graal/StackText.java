package mimo.sandbox.graal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.compile.CompiledScript;
import org.jspecify.annotations.Nullable;

/// Reads the engine's stack texts: keeps the frames of the script, at the positions its author
/// knows, and drops the library's and the kernel's.
///
/// What comes out is for people to read. It can hold lines that are no frames, since names and
/// messages are the script's; positions that must be true come from [CallSite].
final class StackText {

  /// The name under which the engine knows the script. The author's name could be anything.
  static final String SCRIPT = "wf-script";

  private static final Pattern FRAME =
      Pattern.compile("    at (?:(.*) \\()?" + SCRIPT + ":(\\d{1,9}):(\\d{1,9})\\)?");

  private static final String FRAME_START = "    at ";

  private final @Nullable CompiledScript script;
  private final int maxBytes;

  /// @param script null while none runs: every frame is then dropped
  StackText(@Nullable CompiledScript script, int maxBytes) {
    this.script = script;
    this.maxBytes = maxBytes;
  }

  /// The script frames alone, one a line.
  String frames(String stack) {
    return String.join("\n", frameLines(stack));
  }

  /// What `error.stack` shows: the headline and the script frames.
  String shown(String stack) {
    int firstFrame = stack.startsWith(FRAME_START) ? 0 : stack.indexOf("\n" + FRAME_START);
    String headline = firstFrame < 0 ? stack : stack.substring(0, firstFrame);
    var text = new StringBuilder(cut(headline, maxBytes / 2));
    for (String line : frameLines(stack)) {
      text.append('\n').append(line);
    }
    return text.toString();
  }

  private List<String> frameLines(String stack) {
    var compiled = script;
    if (compiled == null) {
      return List.of();
    }
    var kept = new ArrayList<String>();
    int bytes = 0;
    for (String line : (Iterable<String>) stack.lines()::iterator) {
      var frame = FRAME.matcher(line);
      if (frame.matches()) {
        String shown =
            FRAME_START + frame(compiled, frame.group(1), frame.group(2), frame.group(3));
        bytes += shown.getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes > maxBytes / 2) {
          break;
        }
        kept.add(shown);
      }
    }
    return kept;
  }

  private static String frame(
      CompiledScript script, @Nullable String function, String line, String column) {
    var at = written(script, line, column);
    String place = script.name() + ":" + at.line() + ":" + at.column();
    // The body is a function only because the compiler wraps it.
    return function == null || function.equals(":=>") ? place : function + " (" + place + ")";
  }

  private static Position written(CompiledScript script, String line, String column) {
    return script.written(Integer.parseInt(line), Integer.parseInt(column));
  }

  static String cut(String text, int maxBytes) {
    if (text.length() <= maxBytes / 4) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= maxBytes) {
      return text;
    }
    int end = maxBytes;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
