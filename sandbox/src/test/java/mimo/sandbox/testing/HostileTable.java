package mimo.sandbox.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a suite of attacks came to, by category; for people to read in the log of the build.
public final class HostileTable {

  private final Map<String, List<Row>> rows = new TreeMap<>();

  /// How one attack went.
  ///
  /// @param touched canaries that were touched
  /// @param growth bytes by which the parent's heap grew
  /// @param stopMillis from the start of the script to its end
  public record Row(int touched, long growth, long stopMillis) {}

  public void add(String category, Row row) {
    rows.computeIfAbsent(category, _ -> new ArrayList<>()).add(row);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(row("category", "cases", "canaries", "heap growth", "ms p50/p95/max"));
    var all = new ArrayList<Row>();
    rows.forEach((category, some) -> {
      all.addAll(some);
      text.append(line(category, some));
    });
    return text.append(line("all", all)).toString();
  }

  private static String line(String name, List<Row> some) {
    var times = some.stream().mapToLong(Row::stopMillis).sorted().toArray();
    return row(
        name,
        Integer.toString(some.size()),
        Integer.toString(some.stream().mapToInt(Row::touched).sum()),
        some.stream().mapToLong(Row::growth).max().orElse(0) / 1024 + " KiB",
        at(times, 50) + "/" + at(times, 95) + "/" + at(times, 100));
  }

  private static String row(String a, String b, String c, String d, String e) {
    return "%-20s %5s %8s %11s %24s%n".formatted(a, b, c, d, e);
  }

  private static String at(long[] sorted, int percent) {
    return sorted.length == 0
        ? "-"
        : String.format(Locale.ROOT, "%d", sorted[(sorted.length - 1) * percent / 100]);
  }
}
