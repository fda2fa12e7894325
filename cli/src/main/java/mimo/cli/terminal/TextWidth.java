package mimo.cli.terminal;

import org.jline.utils.WCWidth;

/// How many columns of a terminal a text takes: wide characters take two, combining ones none.
public final class TextWidth {

  private TextWidth() {}

  /// The columns of a text without control characters.
  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /// How many characters from the beginning fit into so many columns.
  public static int fitting(String text, int columns) {
    int taken = 0;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      taken += of(point);
      if (taken > columns) {
        break;
      }
      at += Character.charCount(point);
    }
    return at;
  }

  private static int of(int point) {
    return Math.max(0, WCWidth.wcwidth(point));
  }
}
