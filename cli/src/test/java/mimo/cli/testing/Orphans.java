package mimo.cli.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a killed process leaves behind: nothing may outlive it for long.
public final class Orphans {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long PAUSE_MILLIS = 20;

  private Orphans() {}

  /// Waits until none of them runs any more.
  ///
  /// @param when as a failure calls the moment
  /// @throws AssertionError if one still runs after [#PATIENCE]
  public static void assertNone(List<ProcessHandle> descendants, String when)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && descendants.stream().anyMatch(Orphans::runs)) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    assertEquals(
        List.of(),
        descendants.stream().filter(Orphans::runs).map(ProcessHandle::pid).toList(),
        when + ": orphans");
  }

  /// A killed process that nobody has asked for its exit code yet runs no more.
  private static boolean runs(ProcessHandle process) {
    var status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return process.isAlive() && !Files.readString(status).contains("State:\tZ");
    } catch (IOException gone) {
      return false;
    }
  }
}
