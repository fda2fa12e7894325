package mimo.engine.redaction;

import java.util.Arrays;

/// A text in which every gap is one blank, and where its characters stand in the text itself. So
/// words are found whatever lines they were broken into, quoted or escaped. Immutable.
final class Squeezed {

  private final String text;
  private final int[] at;

  private Squeezed(String text, int[] at) {
    this.text = text;
    this.at = at;
  }

  static Squeezed of(String text) {
    var squeezed = new StringBuilder(text.length());
    var at = new int[text.length() + 1];
    for (int i = 0; i < text.length(); ) {
      int end = gapEnd(text, i);
      at[squeezed.length()] = i;
      squeezed.append(end > i ? ' ' : text.charAt(i));
      i = Math.max(end, i + 1);
    }
    at[squeezed.length()] = text.length();
    return new Squeezed(squeezed.toString(), Arrays.copyOf(at, squeezed.length() + 1));
  }

  /// Where the gap ends that begins here: blanks, line ends, also escaped ones, and the marks of
  /// quotation behind them. It ends where it begins if there is none.
  private static int gapEnd(String text, int start) {
    boolean lineBegins = start == 0;
    int i = start;
    while (i < text.length()) {
      char each = text.charAt(i);
      int escape = each == '\\' ? escapeEnd(text, i) : i;
      if (escape > i) {
        lineBegins |= text.charAt(escape - 1) == 'n';
        i = escape;
      } else if (Character.isWhitespace(each)) {
        lineBegins |= each == '\n';
        i++;
      } else if (each == '>' && lineBegins) {
        i++;
      } else {
        break;
      }
    }
    return i;
  }

  /// Behind a line end or tab that is written with backslashes; where it begins if it is none.
  private static int escapeEnd(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) == '\\') {
      i++;
    }
    return i < text.length() && "nrt".indexOf(text.charAt(i)) >= 0 ? i + 1 : start;
  }

  String text() {
    return text;
  }

  /// Where in the text itself a part of this one begins.
  int from(int start) {
    return at[start];
  }

  /// Where in the text itself a part ends that ends before `end`, a gap behind it left out.
  int to(int end) {
    return at[end - 1] + 1;
  }
}
