package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import mimo.sandbox.testing.OrphanMaker;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real parent JVM while its worker runs an endless loop.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrphanTest {

  @TempDir Path scratch;

  @Test
  void aKilledParentLeavesNoWorker() throws Exception { // S8, S23
    parentKilled("plain");
  }

  @Test
  void aKilledParentLeavesNoWrappedWorker() throws Exception { // S5, S23
    assumeTrue(Workers.canWrap(), "bubblewrap is not installed here");
    parentKilled("wrapped");
  }

  private void parentKilled(String how) throws IOException {
    var parent =
        new ProcessBuilder(
                Workers.java().toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                OrphanMaker.class.getName(),
                how,
                scratch.toString())
            .redirectError(new File("/dev/null"))
            .start();
    try (BufferedReader said = parent.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("running", said.readLine());
      List<ProcessHandle> tree = parent.descendants().toList();
      assertFalse(tree.isEmpty());

      parent.destroyForcibly();

      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (tree.stream().anyMatch(OrphanTest::runs) && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(5_000_000);
      }
      assertEquals(List.of(), tree.stream().filter(OrphanTest::runs).toList());
    } finally {
      parent.descendants().forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly();
    }
  }

  /// A process that is dead but not yet collected by its parent does not run.
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
