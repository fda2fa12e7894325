package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import mimo.engine.RunId;
import mimo.engine.RunKeeper;
import mimo.engine.archive.ArchiveWriter;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand live values, planted wherever a run stores something, are in no byte of the store
/// after its process was killed, and in no export (DP14, T18).
final class StoredSecretsProofTest {

  private static final System.Logger LOG = System.getLogger(StoredSecretsProofTest.class.getName());

  @TempDir private Path folder = Path.of("unset");

  @Test
  void leavesNoneOfAThousandPlantedValuesInAnyByteDP14() throws Exception {
    killAfterPlanting();

    var stored = bytes();
    assertTrue(stored.contains("[REDACTED:live-value:"), "nothing was planted");
    int files = 0;
    int found = count(stored);
    try (var journal = new SqliteJournal(folder);
        var keeper =
            new RunKeeper(journal, KeptRunsTest.ALL_RULES, new ManualClock(), new Random(1))) {
      for (var run : journal.streams(StreamId.RUN)) {
        var text = new StringWriter();
        ArchiveWriter.write(keeper.take(new RunId(run.name()), List.of()), text);
        found += count(text.toString());
        files++;
      }
    }
    LOG.log(
        Level.INFO,
        "DP14: {0} values, {1} characters stored and {2} exported runs searched, {3} found",
        SecretHolder.SECRETS,
        stored.length(),
        files,
        found);
    assertEquals(1, files);
    assertEquals(0, found);
  }

  private void killAfterPlanting() throws IOException, InterruptedException {
    var process = TestJvm.start(SecretHolder.class, folder.toString());
    try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      assertEquals("planted", out.readLine());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /// The store's files: database, log, index and locks, each byte a character.
  private String bytes() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static int count(String text) {
    int found = 0;
    for (var secret : SecretHolder.secrets()) {
      for (var form : forms(secret)) {
        found += text.contains(form) ? 1 : 0;
      }
    }
    return found;
  }

  /// What would betray a secret: itself, each half of it, and the ways to write it.
  private static List<String> forms(String secret) {
    var utf8 = secret.getBytes(StandardCharsets.UTF_8);
    var forms = new ArrayList<String>();
    forms.add(new String(utf8, StandardCharsets.ISO_8859_1));
    forms.add(secret.substring(0, 9));
    forms.add(secret.substring(secret.length() - 9));
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(utf8).substring(0, 18));
    forms.add(SecretHolder.json(secret));
    return forms;
  }
}
