package mimo.engine.scheduling;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One body on its way through the scheduler. Thread-safe.
public final class Ticket {

  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable body;
  private @Nullable Thread thread;
  private boolean cancelled;

  Ticket(Runnable body) {
    this.body = body;
  }

  /// Keeps the body from starting; interrupts it if it has started.
  ///
  /// @return whether it has started
  public boolean cancel() {
    lock.lock();
    try {
      cancelled = true;
      if (thread != null) {
        thread.interrupt();
      }
      return thread != null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the end of a body that was cancelled.
  ///
  /// @return whether it is over
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    var running = thread();
    return running == null || running.join(patience);
  }

  /// Starts the body on its own thread, followed by `after`, unless it was cancelled.
  ///
  /// @return whether it was started
  boolean start(String name, Runnable after) {
    lock.lock();
    try {
      if (cancelled) {
        return false;
      }
      thread = Thread.ofVirtual().name(name).start(() -> perform(after));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void perform(Runnable after) {
    try {
      body.run();
    } finally {
      after.run();
    }
  }

  private @Nullable Thread thread() {
    lock.lock();
    try {
      return thread;
    } finally {
      lock.unlock();
    }
  }
}
