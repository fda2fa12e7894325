package mimo.agent.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mimo.engine.testing.Proof;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T9: our words are those of a real bash. Commands of random letters do not exist, and bash tells
/// which words it would have run them with.
class ShellDifferentialTest {

  private static final long SEED = 20_260_901;
  private static final Path BASH = Path.of("/bin/bash");
  private static final int STRINGS = Proof.rounds(1_000, 100_000);

  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "ab",
          "x1",
          " ",
          " ",
          " ",
          "  ",
          "\t",
          "'",
          "'",
          "\"",
          "\"",
          "\\",
          "\\\n",
          "\n",
          ";",
          " && ",
          " #",
          "#",
          "$'",
          "\\n",
          "\\x41",
          "\\101",
          "{}",
          "=",
          "''",
          "\"\"",
          "\\'",
          "\\\"",
          "'a b'",
          "\"a b\"",
          "é",
          "( a )",
          "{ b; }",
          "if a; then b; fi",
          "! ",
          "<<<",
          "\\$",
          "$",
          "-",
          ",",
          "@",
          "+",
          "]",
          "^",
          "\\ ",
          "\r",
          "\\\\",
          "'\\'",
          "~",
          "<<E\nx\nE\n",
          "<<'E'\n$x\nE\n",
          "2",
          ">&2",
          " 2>&1 ",
          "`a`",
          "$(a)",
          "*",
          "a=b ");

  @Test
  void readsTheWordsOfARealShell(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(BASH), STRINGS + " comparisons skipped: there is no /bin/bash");
    var random = new Random(SEED);
    var lines = new ArrayList<String>();
    while (lines.size() < STRINGS) {
      lines.add(line(random));
    }

    var theirs = run(folder, lines);

    int compared = 0;
    for (int i = 0; i < lines.size(); i++) {
      var ours = words(lines.get(i));
      var real = theirs.get(i);
      if (ours != null && real != null) {
        assertEquals(
            sorted(real), sorted(ours), "seed " + SEED + ", line " + i + ": " + lines.get(i));
        compared++;
      }
    }
    System.out.printf("T9: %d of %d lines compared with bash, 0 differ%n", compared, STRINGS);
    assertTrue(compared > STRINGS / 5, "only " + compared + " of " + STRINGS + " were compared");
  }

  /// What runs in the background has no order.
  private static List<String> sorted(List<List<String>> vectors) {
    return vectors.stream().map(List::toString).sorted().toList();
  }

  private static String line(Random random) {
    var line = new StringBuilder(random.nextInt(4) == 0 ? "" : "a ");
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      line.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return line.toString();
  }

  /// The vectors of all commands; null if they are not known before they run, or do not run where a
  /// file cannot be opened.
  private static @Nullable List<List<String>> words(String line) {
    if (!(ShellReading.plain(line) instanceof ShellReading.Parsed(var commands))
        || commands.stream().flatMap(each -> each.words().stream()).anyMatch(it -> !it.isLiteral())
        || commands.stream().anyMatch(each -> !each.redirections().isEmpty())
        || line.contains("`")
        || line.contains("$(")) {
      return null;
    }
    return commands.stream()
        .filter(command -> !command.words().isEmpty())
        .map(command -> command.words().stream().map(Word::text).toList())
        .toList();
  }

  /// What bash makes of each line; null for those it does not read.
  private static List<@Nullable List<List<String>>> run(Path folder, List<String> lines)
      throws Exception {
    var script =
        """
        command_not_found_handle() { printf '%s\\0' "$#" "$@" >> "$OUT"; return 0; }
        PATH=/nowhere
        n=0
        while IFS= read -r -d '' line; do
          OUT=$FOLDER/$n; : > "$OUT"
          ( eval -- "$line"; s=$?; wait; exit $s ) >/dev/null 2>/dev/null || : > "$OUT.failed"
          n=$((n+1))
        done < "$FOLDER/lines"
        """;
    Files.writeString(folder.resolve("lines"), String.join("\0", lines) + "\0");
    var work = Files.createDirectory(folder.resolve("work"));
    var builder = new ProcessBuilder(BASH.toString(), "--noprofile", "--norc", "-c", script);
    builder.directory(work.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("FOLDER", folder.toString(), "LC_ALL", "C.UTF-8"));
    var process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertTrue(process.waitFor(STRINGS / 10 + 60L, TimeUnit.SECONDS), "bash did not end");
    var read = new ArrayList<@Nullable List<List<String>>>();
    for (int i = 0; i < lines.size(); i++) {
      read.add(
          Files.exists(folder.resolve(i + ".failed")) ? null : vectors(folder.resolve("" + i)));
    }
    return read;
  }

  private static List<List<String>> vectors(Path file) throws IOException {
    var parts = Files.readString(file, StandardCharsets.UTF_8).split("\0", -1);
    var vectors = new ArrayList<List<String>>();
    for (int at = 0; at < parts.length - 1; ) {
      int count = Integer.parseInt(parts[at]);
      vectors.add(List.of(parts).subList(at + 1, at + 1 + count));
      at += 1 + count;
    }
    return vectors;
  }
}
