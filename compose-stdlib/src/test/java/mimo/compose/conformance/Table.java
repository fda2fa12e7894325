package mimo.compose.conformance;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What became of each case in each kind of sandbox; for people to read in the log of the build.
final class Table {

  /// Where a script runs.
  enum Mode {
    INLINE,
    PROCESS
  }

  /// Trials of one case in one mode.
  private static final class Cell {
    int begun;
    int passed;
    long millis;

    @Override
    public String toString() {
      if (begun == 0) {
        return "-";
      }
      return passed == begun ? "ok %d ms".formatted(millis) : (begun - passed) + " FAILED";
    }
  }

  private final Map<String, Map<Mode, Cell>> cells = new TreeMap<>();
  private final Map<String, String> elsewhere = new TreeMap<>();

  void begin(String id, Mode mode) {
    cell(id, mode).begun++;
  }

  void passed(String id, Mode mode, long millis) {
    cell(id, mode).passed++;
    cell(id, mode).millis += millis;
  }

  /// Notes what proves the case beside its scripts.
  void list(Index.Row row) {
    var tests = String.join(", ", row.tests());
    var later = row.later().isEmpty() ? "" : "later: " + row.later();
    elsewhere.put(row.id(), tests + (tests.isEmpty() || later.isEmpty() ? "" : "; ") + later);
    cell(row.id(), Mode.INLINE);
  }

  private Cell cell(String id, Mode mode) {
    return cells.computeIfAbsent(id, _ -> new TreeMap<>()).computeIfAbsent(mode, _ -> new Cell());
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(row("case", "inline", "process", "proved elsewhere"));
    for (var id : cells.keySet()) {
      text.append(
          row(
              id,
              cell(id, Mode.INLINE).toString(),
              cell(id, Mode.PROCESS).toString(),
              elsewhere.getOrDefault(id, "")));
    }
    return text.toString();
  }

  private static String row(String id, String inline, String process, String elsewhere) {
    return String.format(
        Locale.ROOT, "%-4s | %-12s | %-12s | %s%n", id, inline, process, elsewhere);
  }
}
