package mimo.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.CancellationToken.Registration;
import mimo.engine.scheduling.Timers;
import org.jspecify.annotations.Nullable;

/// The time this process may still work on a run; it stands still while the run rests (L102).
/// Thread-safe.
final class Deadline implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Timers timers;
  private final Runnable expired;
  private Duration left;
  private long startedNanos;
  private @Nullable Registration alarm;
  private boolean closed;

  /// @param left not positive if the time is used up
  Deadline(Timers timers, Duration left, Runnable expired) {
    this.timers = timers;
    this.left = left;
    this.expired = expired;
  }

  /// The time begins to run, or goes on.
  void start() {
    lock.lock();
    try {
      if (alarm == null && !closed) {
        startedNanos = System.nanoTime();
        alarm = timers.after(left, expired);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The time stands still.
  void stop() {
    lock.lock();
    try {
      if (alarm != null) {
        alarm.close();
        alarm = null;
        left = left.minusNanos(System.nanoTime() - startedNanos);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      stop();
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
