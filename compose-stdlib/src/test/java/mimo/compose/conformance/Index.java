package mimo.compose.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The table of all cases in the suite's README: each with the scripts and tests that prove it, or
/// with the part of mimo it waits for.
record Index(List<Row> rows) {

  /// @param scripts whether scripts of the suite prove it
  /// @param tests what else proves it, each as `Class#method`
  /// @param later the part that brings it, if it is not there yet; else empty
  record Row(String id, boolean scripts, List<String> tests, String later) {}

  private static final Pattern ROW = Pattern.compile("^\\| (C\\d\\d) \\|.*\\| ([^|]+) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");
  private static final Pattern LATER = Pattern.compile("later: ([^;]+)");

  static Index read(Path readme) {
    try {
      var rows = new ArrayList<Row>();
      for (var line : Files.readAllLines(readme)) {
        var row = ROW.matcher(line);
        if (row.matches()) {
          rows.add(row(row.group(1), row.group(2)));
        }
      }
      return new Index(List.copyOf(rows));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String id, String proof) {
    var tests = TEST.matcher(proof).results().map(match -> match.group(1)).toList();
    var later = LATER.matcher(proof);
    return new Row(id, proof.contains("scripts"), tests, later.find() ? later.group(1) : "");
  }

  /// The named tests that no room has, looked for as text: their classes belong to rooms that this
  /// one must not know.
  List<String> missingTests(Path repository) {
    var sources = testSources(repository);
    var missing = new ArrayList<String>();
    for (var row : rows) {
      for (var test : row.tests()) {
        var names = List.of(test.split("#", 2));
        var declaration = Pattern.compile("void " + names.getLast() + "\\(");
        if (sources.stream()
            .noneMatch(
                file -> file.endsWith(names.getFirst() + ".java") && has(file, declaration))) {
          missing.add(row.id() + " names " + test + ", which is nowhere");
        }
      }
    }
    return missing;
  }

  private static boolean has(Path file, Pattern declaration) {
    try {
      return declaration.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> testSources(Path repository) {
    var found = new ArrayList<Path>();
    for (var room :
        List.of("engine", "sandbox", "compose-stdlib", "agent-runtime", "cli", "docs")) {
      try (var files = Files.walk(repository.resolve(room).resolve("src/test/java"))) {
        files
            .filter(file ->
                file.toString().endsWith("Test.java")
                    || file.toString().endsWith("IT.java")
                    || file.toString().endsWith("Contract.java"))
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  /// Cases whose row says something else about scripts than the folder does.
  List<String> disagreements(List<CaseFile> scripts) {
    var played = scripts.stream().map(CaseFile::id).collect(Collectors.toCollection(TreeSet::new));
    var found = new ArrayList<String>();
    for (var row : rows) {
      if (row.scripts() != played.contains(row.id())) {
        found.add(row.id() + (row.scripts() ? " has no script" : " has a script it does not name"));
      }
      if (!row.scripts() && row.tests().isEmpty() && row.later().isEmpty()) {
        found.add(row.id() + " is proved by nothing");
      }
    }
    return found;
  }

  Set<String> ids() {
    return rows.stream().map(Row::id).collect(Collectors.toCollection(TreeSet::new));
  }
}
