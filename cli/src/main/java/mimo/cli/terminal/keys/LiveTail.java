package mimo.cli.terminal.keys;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import mimo.cli.terminal.TerminalText;
import mimo.cli.terminal.TextWidth;
import mimo.cli.terminal.WindowSize;

/// The bottom of a terminal: some lines that change, the text being typed, and the cursor in it.
/// What is printed goes above them, once, and is never painted again. Thread-safe.
public final class LiveTail {

  private static final String SYNCHRONISED = "\u001b[?2026h";
  private static final String SHOWN = "\u001b[?2026l";
  private static final String ERASE_BELOW = "\u001b[J";

  /// Rows the typed text may take; of a longer one the rows around the cursor are shown.
  private static final int INPUT_ROWS = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final PrintStream out;
  private final Supplier<WindowSize> window;
  private Contents contents = Contents.NONE;

  /// In which row of what was painted the cursor stands.
  private int cursorRow;

  /// What stands at the bottom.
  ///
  /// @param above lines that are cut to the window; they may be set apart by escape sequences if
  ///   their text fits
  /// @param prompt what stands before the text, in columns it takes; empty if nothing can be typed
  /// @param text what is being typed
  /// @param cursor where in the text
  public record Contents(List<String> above, String prompt, String text, int cursor) {

    /// Nothing at all.
    public static final Contents NONE = new Contents(List.of(), "", "", 0);

    public Contents {
      above = List.copyOf(above);
    }
  }

  /// A row of typed text.
  ///
  /// @param start the index in the text of its first character
  private record Row(String text, int start, int end) {}

  public LiveTail(PrintStream out, Supplier<WindowSize> window) {
    this.out = out;
    this.window = window;
  }

  /// Prints lines above the tail, as they are: without control characters but for those that set
  /// words apart.
  public void print(List<String> lines) {
    lock.lock();
    try {
      var frame = erased();
      lines.forEach(line -> frame.append(line).append('\n'));
      paint(frame);
    } finally {
      lock.unlock();
    }
  }

  /// Shows other contents.
  public void show(Contents other) {
    lock.lock();
    try {
      contents = other;
      paint(erased());
    } finally {
      lock.unlock();
    }
  }

  /// Takes the tail away; what was printed stays.
  public void clear() {
    show(Contents.NONE);
  }

  private StringBuilder erased() {
    var frame = new StringBuilder(SYNCHRONISED);
    if (cursorRow > 0) {
      frame.append("\u001b[").append(cursorRow).append('A');
    }
    return frame.append('\r').append(ERASE_BELOW);
  }

  private void paint(StringBuilder frame) {
    int columns = window.get().columns();
    var rows = new ArrayList<String>(contents.above());
    int column = 0;
    int row = 0;
    if (!contents.prompt().isEmpty()) {
      var typed = visible(wrapped(columns));
      int at = rowOf(typed);
      row = rows.size() + at;
      var line = typed.get(at);
      var left = contents.text().substring(line.start(), contents.cursor());
      column = indent() + TextWidth.of(TerminalText.oneLine(left));
      for (int i = 0; i < typed.size(); i++) {
        boolean first = typed.get(i).start() == 0;
        rows.add((first ? contents.prompt() : " ".repeat(indent())) + typed.get(i).text());
      }
    }
    frame.append(String.join("\n", rows));
    move(frame, rows.size() - 1 - row, Math.min(column, columns - 1));
    cursorRow = row;
    out.print(frame.append(SHOWN));
    out.flush();
  }

  private static void move(StringBuilder frame, int up, int column) {
    if (up > 0) {
      frame.append("\u001b[").append(up).append('A');
    }
    frame.append('\r');
    if (column > 0) {
      frame.append("\u001b[").append(column).append('C');
    }
  }

  private int indent() {
    return TextWidth.of(contents.prompt());
  }

  /// The typed text in rows that fit the window.
  private List<Row> wrapped(int columns) {
    int width = Math.max(1, columns - indent() - 1);
    var rows = new ArrayList<Row>();
    var text = contents.text();
    int start = 0;
    while (true) {
      int end = text.indexOf('\n', start);
      var line = text.substring(start, end < 0 ? text.length() : end);
      cut(line, start, width, rows);
      if (end < 0) {
        return rows;
      }
      start = end + 1;
    }
  }

  private static void cut(String line, int start, int width, List<Row> rows) {
    int at = 0;
    do {
      int end = at + TextWidth.fitting(line.substring(at), width);
      if (end == at && at < line.length()) {
        end = line.offsetByCodePoints(at, 1);
      }
      rows.add(new Row(TerminalText.oneLine(line.substring(at, end)), start + at, start + end));
      at = end;
    } while (at < line.length());
  }

  private int rowOf(List<Row> rows) {
    for (int i = rows.size() - 1; i > 0; i--) {
      if (contents.cursor() >= rows.get(i).start()) {
        return i;
      }
    }
    return 0;
  }

  private List<Row> visible(List<Row> rows) {
    if (rows.size() <= INPUT_ROWS) {
      return rows;
    }
    int from = Math.clamp(rowOf(rows) - INPUT_ROWS / 2, 0, rows.size() - INPUT_ROWS);
    return rows.subList(from, from + INPUT_ROWS);
  }
}
