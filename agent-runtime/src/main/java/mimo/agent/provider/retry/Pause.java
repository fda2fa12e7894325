package mimo.agent.provider.retry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mimo.engine.CancellationToken;

/// Lets time pass.
public interface Pause {

  /// Returns when `delay` is over, never earlier.
  ///
  /// @throws InterruptedException as soon as `cancellation` is cancelled
  void await(Duration delay, CancellationToken cancellation) throws InterruptedException;

  /// The passing of real time.
  static Pause real() {
    return (delay, cancellation) -> {
      var cancelled = new CountDownLatch(1);
      try (var _ = cancellation.onCancel(cancelled::countDown)) {
        if (cancelled.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
          throw new InterruptedException("cancelled while waiting to try again");
        }
      }
    };
  }
}
