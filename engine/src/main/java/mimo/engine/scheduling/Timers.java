package mimo.engine.scheduling;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mimo.engine.CancellationToken.Registration;

/// Does things once a while has passed. Thread-safe.
public interface Timers {

  /// Runs `action` on a thread of its own after `delay`, at once if that is not positive, unless
  /// the registration is closed before.
  Registration after(Duration delay, Runnable action);

  /// Timers that wait in the machine's own time, each on a virtual thread.
  static Timers real() {
    return (delay, action) -> {
      var closed = new CountDownLatch(1);
      Thread.ofVirtual()
          .name("timer")
          .start(() -> {
            if (!isClosedWithin(delay, closed)) {
              action.run();
            }
          });
      return closed::countDown;
    };
  }

  private static boolean isClosedWithin(Duration delay, CountDownLatch closed) {
    try {
      return closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Nobody knows this thread; whoever interrupts it all the same wants it gone.
      return true;
    }
  }
}
