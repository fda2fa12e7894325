package mimo.cli.terminal;

/// The one function between any data and the terminal (S35).
public final class TerminalText {

  private static final char ESCAPE_MARK = '␛';
  private static final char CONTROL_PICTURES = '␀';
  private static final char DELETE_PICTURE = '␡';

  private TerminalText() {}

  /// The text with everything visible that could steer a terminal or reorder what it shows: only
  /// newline and tab pass; other control characters appear as their Unicode pictures, the rest as
  /// `<U+xxxx>`.
  public static String visible(String text) {
    if (isHarmless(text)) {
      return text;
    }
    var shown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      append(shown, point);
      i += Character.charCount(point);
    }
    return shown.toString();
  }

  /// [#visible] on one line: newlines and tabs become spaces.
  public static String oneLine(String text) {
    return visible(text.replace("\r\n", " ").replace('\n', ' ').replace('\t', ' '));
  }

  /// [#oneLine] cut to `width` characters, with an ellipsis where something is missing.
  public static String cut(String text, int width) {
    var line = oneLine(text);
    if (line.codePointCount(0, line.length()) <= width) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  private static boolean isHarmless(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= ' ' && c < 0x7f) || c == '\n' || c == '\t';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder shown, int point) {
    if (point == '\n' || point == '\t') {
      shown.append((char) point);
    } else if (point == 0x1b) {
      shown.append(ESCAPE_MARK);
    } else if (point < ' ') {
      shown.append((char) (CONTROL_PICTURES + point));
    } else if (point == 0x7f) {
      shown.append(DELETE_PICTURE);
    } else if (isHidden(point)) {
      shown.append("<U+").append(String.format("%04X", point)).append('>');
    } else {
      shown.appendCodePoint(point);
    }
  }

  /// Second control set, lone surrogates, direction controls and marks, line and paragraph
  /// separators, invisible format characters, language tags. The joiner that holds emoji together
  /// passes.
  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE -> true;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> point != 0x200d && point != 0xad;
      default -> false;
    };
  }
}
