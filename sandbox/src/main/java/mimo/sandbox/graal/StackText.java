package mimo.sandbox.graal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.compile.CompiledScript;

/// Reads the engine's stack texts: keeps the frames of the script, at the positions its author
/// knows, and drops the library's and the kernel's.
///
/// What comes out is for people to read. It can hold lines that are no frames, since names and
/// messages are the script's; positions that must be true come from [CallSite].
final class StackText {

  private static final Pattern FRAME =
      Pattern.compile(
          "    at (?:(.*) \\()?("
              + GuestFiles.SCRIPT
              + "(?:-\\d{1,9})?):(\\d{1,9}):(\\d{1,9})\\)?");

  private static final String FRAME_START = "    at ";

  private final GuestFiles files;
  private final int maxBytes;

  StackText(GuestFiles files, int maxBytes) {
    this.files = files;
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
    var kept = new ArrayList<String>();
    int bytes = 0;
    for (String line : (Iterable<String>) stack.lines()::iterator) {
      var frame = FRAME.matcher(line);
      var file = frame.matches() ? files.file(frame.group(2)) : null;
      if (file != null) {
        String shown = FRAME_START + frame(file, frame);
        bytes += shown.getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes > maxBytes / 2) {
          break;
        }
        kept.add(shown);
      }
    }
    return kept;
  }

  private static String frame(CompiledScript file, Matcher frame) {
    var at = written(file, frame);
    String place = file.name() + ":" + at.line() + ":" + at.column();
    String function = frame.group(1);
    // The body is a function only because the compiler wraps it.
    return function == null || function.equals(":=>") ? place : function + " (" + place + ")";
  }

  private static Position written(CompiledScript file, Matcher frame) {
    return file.written(Integer.parseInt(frame.group(3)), Integer.parseInt(frame.group(4)));
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
