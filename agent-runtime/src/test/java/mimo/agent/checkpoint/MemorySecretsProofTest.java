package mimo.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A thousand live values, planted wherever the memory writes something, are in no byte of its
/// files after their writer was killed (M10).
@Timeout(300)
final class MemorySecretsProofTest {

  private static final List<String> SINKS =
      List.of(
          "MEMORY.md",
          "notes.md",
          "checkpoint.md",
          "spilled checkpoint",
          "proposals",
          "log and versions",
          "index",
          "index's log");

  private static final int FORMS = SecretWriter.forms("x").size();

  /// So many characters of a value tell it from all that is there by chance.
  private static final int PART = 11;

  @TempDir private Path folder;
  private final Set<String> betraying = betraying();

  @Test
  void leavesNoneOfAThousandPlantedValuesInAnyByteM10() throws Exception {
    killWhilePlanting();

    var found = new TreeMap<String, Integer>();
    var bytes = new TreeMap<String, Integer>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        var sink = sink(folder.relativize(file).toString());
        bytes.merge(sink, text.length(), Integer::sum);
        found.merge(sink, count(text), Integer::sum);
        assertTrue(
            !SINKS.contains(sink) || sink.startsWith("log") || text.contains("REDACTED"),
            "nothing was planted in " + file);
      }
    }

    System.out.println(
        "memory: %d values in %d forms, killed while they were planted; bytes searched %s; found %s"
            .formatted(SecretWriter.SECRETS, FORMS, bytes, found));
    assertTrue(found.keySet().containsAll(SINKS), found.toString());
    assertEquals(0, found.values().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void aValueInAnyOfItsFormsWouldBeFound() {
    for (var form : SecretWriter.forms(SecretWriter.secrets().getLast())) {
      var bytes = new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      assertEquals(2, count("x " + bytes + " y"));
    }
  }

  private static String sink(String file) {
    var name = file.substring(file.lastIndexOf('/') + 1);
    if (file.contains("/.log/")) {
      return name.equals("key") ? "key" : "log and versions";
    }
    if (file.contains("/.proposals/")) {
      return "proposals";
    }
    if (name.startsWith("checkpoint-")) {
      return "spilled checkpoint";
    }
    return switch (name) {
      case "index.db" -> "index";
      case "index.db-wal" -> "index's log";
      case "MEMORY.md", "notes.md", "checkpoint.md" -> name;
      default -> "other";
    };
  }

  private void killWhilePlanting() throws IOException, InterruptedException {
    var process = TestJvm.start(SecretWriter.class, folder.toString());
    try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      assertEquals("planted", out.readLine());
      LockSupport.parkNanos(new Random(17).nextInt(300_000_000));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /// How many of the values betray themselves: by a part of them, or of another form of theirs.
  private int count(String text) {
    var low = text.toLowerCase(Locale.ROOT);
    int found = 0;
    for (int at = 0; at + PART <= low.length(); at++) {
      if (betraying.contains(low.substring(at, at + PART))) {
        found++;
      }
    }
    return found;
  }

  private static Set<String> betraying() {
    var all = new HashSet<String>();
    for (var secret : SecretWriter.secrets()) {
      for (var form : SecretWriter.forms(secret)) {
        var bytes = new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var low = bytes.toLowerCase(Locale.ROOT);
        all.add(low.substring(0, PART));
        all.add(low.substring(low.length() - 2 - PART, low.length() - 2));
      }
    }
    return all;
  }
}
