package mimo.cli.error;

import java.util.List;
import mimo.engine.SourcePosition;

/// The line of a text an error points at, with a caret below the column.
public final class SourceExcerpt {

  /// Longer lines are cut to a window of this many characters round the column.
  private static final int MAX_WIDTH = 88;

  private SourceExcerpt() {}

  /// Two lines, or none if the text has no such line.
  public static List<String> of(String text, SourcePosition position) {
    var line = text.lines().skip(position.line() - 1L).findFirst();
    if (line.isEmpty()) {
      return List.of();
    }
    var whole = line.get().replace('\t', ' ');
    int caret = Math.min(position.column() - 1, whole.length());
    int from = Math.max(0, Math.min(caret - MAX_WIDTH / 2, whole.length() - MAX_WIDTH));
    int to = Math.min(whole.length(), from + MAX_WIDTH);
    var number = Integer.toString(position.line());
    return List.of(
        "  " + number + " | " + whole.substring(from, to),
        "  " + " ".repeat(number.length()) + " | " + " ".repeat(caret - from) + "^");
  }
}
