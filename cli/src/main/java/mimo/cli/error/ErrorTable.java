package mimo.cli.error;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The one table of errors (A69), read from `errors.txt` when the first error is to be shown.
public final class ErrorTable {

  private static final String RESOURCE = "errors.txt";
  private static final String ARROW = "→ ";

  private final List<ErrorEntry> entries;

  private ErrorTable(List<ErrorEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// Reads the table mimo is built with.
  public static ErrorTable load() {
    var in = Objects.requireNonNull(ErrorTable.class.getResourceAsStream(RESOURCE), RESOURCE);
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return parse(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " in mimo's own jar", e);
    }
  }

  /// All errors, in the order of their numbers.
  public List<ErrorEntry> entries() {
    return entries;
  }

  /// The error of this name. A name that is not in the table is a defect of mimo: `internal`.
  public ErrorEntry find(String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseGet(() -> entries.getLast());
  }

  static ErrorTable parse(List<String> lines) {
    var entries = new ArrayList<ErrorEntry>();
    var rows = lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    for (int i = 0; i + 2 < rows.size(); i += 3) {
      entries.add(entry(rows.get(i), rows.get(i + 1).strip(), rows.get(i + 2).strip()));
    }
    if (rows.size() % 3 != 0 || !entries.getLast().name().equals("internal")) {
      throw new IllegalArgumentException(
          "an error has three lines, and the last error is `internal`; found "
              + rows.size()
              + " lines ending with "
              + entries.getLast().name());
    }
    return new ErrorTable(entries);
  }

  private static ErrorEntry entry(String head, String meaning, String remedy) {
    var words = head.split(" ", -1);
    if (words.length != 3 || !remedy.startsWith(ARROW)) {
      throw new IllegalArgumentException(
          "an error is `number name EXIT`, its meaning, `→ remedy`; found '" + head + "'");
    }
    return new ErrorEntry(
        Integer.parseInt(words[0]),
        words[1],
        meaning,
        remedy.substring(ARROW.length()),
        ExitCode.valueOf(words[2]));
  }
}
