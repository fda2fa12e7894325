package mimo.engine;

import java.util.concurrent.locks.ReentrantLock;

/// Interrupts a thread as long as it works for others, and leaves it alone afterwards. Thread-safe.
final class Alarm {

  private final ReentrantLock lock = new ReentrantLock();
  private final Thread thread;
  private boolean off;

  Alarm(Thread thread) {
    this.thread = thread;
  }

  void ring() {
    lock.lock();
    try {
      if (!off) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Called by the thread itself: no interrupt of this alarm is left, and none comes.
  void turnOff() {
    lock.lock();
    try {
      off = true;
      var _ = Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }
}
