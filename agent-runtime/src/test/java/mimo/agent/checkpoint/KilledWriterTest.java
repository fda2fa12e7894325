package mimo.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a checkpoint whose writer is killed (M5, K6, M10).
@Timeout(120)
final class KilledWriterTest {

  private static final int KILLS = Integer.getInteger("mimo.checkpoint.kills", 8);

  @TempDir private Path folder;

  @Test
  void isTheOldOneOrTheNewOneAndHoldsNoSecretK6() throws Exception {
    var random = new Random(11);
    for (int kill = 0; kill < KILLS; kill++) {
      int told = killed(random);

      var checkpoint =
          new CheckpointFile(MemoryOfTest.in(folder, List.of()), "s1").read().checkpoint();
      int number = checkpoint.watermark().number();
      assertTrue(number == told || number == told + 1, told + " was told, " + number + " is there");
      var intent = checkpoint.section(Section.ACTIVE_INTENT);
      assertTrue(intent.startsWith("- number " + number + ", by [REDACTED:"), intent);
      assertEquals(intent, checkpoint.section(Section.OPEN_NOTES), "seed 11, kill " + kill);
      var spilled =
          Files.readString(
              folder.resolve("memory/sessions/s1/checkpoint-cross-task-discoveries.md"));
      assertTrue(spilled.contains("number " + number + ","), "the spill is durable first");
      assertNoSecret();
    }
    System.out.println(
        "checkpoint: " + KILLS + " kills, each left a whole one, no secret in a file");
  }

  private void assertNoSecret() throws Exception {
    try (var all = Files.walk(folder)) {
      for (var each : all.filter(Files::isRegularFile).toList()) {
        var text = new String(Files.readAllBytes(each), StandardCharsets.UTF_8);
        assertFalse(text.contains(CheckpointProcess.SECRET), each.toString());
      }
    }
  }

  /// The last number the process told before it was killed, at some moment of its writing.
  private int killed(Random random) throws Exception {
    var process =
        TestJvm.of(CheckpointProcess.class, folder.toString()).redirectErrorStream(true).start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      var last = output.readLine();
      LockSupport.parkNanos(random.nextInt(60_000_000));
      // Unlike the process itself, its handle leaves what it told readable.
      var _ = process.toHandle().destroyForcibly();
      process.waitFor();
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        last = line;
      }
      return Integer.parseInt(last == null ? "0" : last);
    }
  }
}
