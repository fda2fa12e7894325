package mimo.engine.testing;

import java.time.Duration;

/// Waits for something that another thread brings about and that offers nothing to wait on. It
/// looks again every millisecond and sleeps in between: a thread that spins holds one of the few
/// carriers that the threads it waits for need.
public final class Patience {

  /// Longer than anything waited for takes on a slow machine.
  private static final Duration MOST = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(1);

  private Patience() {}

  /// A condition that may fail in its own way.
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /// Returns as soon as the condition holds.
  ///
  /// @throws AssertionError if it does not hold for a minute, or cannot be looked at
  public static void until(Condition condition) throws InterruptedException {
    long begun = System.nanoTime();
    while (!holds(condition)) {
      if (System.nanoTime() - begun > MOST.toNanos()) {
        throw new AssertionError("what was waited for has not come about in " + MOST);
      }
      Thread.sleep(PAUSE);
    }
  }

  private static boolean holds(Condition condition) throws InterruptedException {
    try {
      return condition.holds();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("what is waited for cannot be looked at", e);
    }
  }
}
