package mimo.sandbox.compile;

import java.util.Arrays;
import mimo.sandbox.GuestEvent.Position;

/// Where the lines of a text begin, counted as the script engine counts them.
public final class LineIndex {

  private final int[] starts;
  private final int length;

  public LineIndex(String text) {
    length = text.length();
    var found = new int[16];
    int lines = 1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < length && text.charAt(i + 1) == '\n';
      if ((c == '\n' || c == '\r') && !pair) {
        if (lines == found.length) {
          found = Arrays.copyOf(found, lines * 2);
        }
        found[lines++] = i + 1;
      }
    }
    starts = Arrays.copyOf(found, lines);
  }

  public Position position(int offset) {
    int at = Arrays.binarySearch(starts, offset);
    int line = at >= 0 ? at : -at - 2;
    return new Position(line + 1, offset - starts[line] + 1);
  }

  /// The offset of a position, or -1 if the text has no such line.
  int offset(Position position) {
    if (position.line() < 1 || position.line() > starts.length || position.column() < 1) {
      return -1;
    }
    return Math.min(length, starts[position.line() - 1] + position.column() - 1);
  }
}
