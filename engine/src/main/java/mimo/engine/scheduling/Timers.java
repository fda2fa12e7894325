package mimo.engine.scheduling;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.CancellationToken.Registration;

/// Does things once a while has passed. Thread-safe.
public interface Timers {

  /// Runs `action` on a thread of its own after `delay`, at once if that is not positive, unless
  /// the registration is closed before.
  Registration after(Duration delay, Runnable action);

  /// Timers that wait in the machine's own time, each on a virtual thread.
  static Timers real() {
    return (delay, action) -> {
      // Whoever comes second, the timer or its end, does nothing: no action is interrupted.
      var decided = new AtomicBoolean();
      var thread =
          Thread.ofVirtual()
              .name("timer")
              .start(() -> {
                if (slept(delay) && decided.compareAndSet(false, true)) {
                  action.run();
                }
              });
      return () -> {
        if (decided.compareAndSet(false, true)) {
          thread.interrupt();
        }
      };
    };
  }

  private static boolean slept(Duration delay) {
    try {
      Thread.sleep(delay);
      return true;
    } catch (InterruptedException closed) {
      return false;
    }
  }
}
