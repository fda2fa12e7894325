package mimo.cli.chat;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The monotonic clock of agents, in nanoseconds. It stands still while the user is asked
/// something: how long a person takes to answer is not the agent's time (LG1). Thread-safe.
final class AgentClock implements LongSupplier {

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanos;
  private int questions;
  private long asked;
  private long stood;

  /// Until it is closed, the user is asked something.
  interface Question extends AutoCloseable {
    @Override
    void close();
  }

  /// @param nanos the clock of the machine
  AgentClock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public long getAsLong() {
    lock.lock();
    try {
      return (questions > 0 ? asked : nanos.getAsLong()) - stood;
    } finally {
      lock.unlock();
    }
  }

  /// The user is asked from now on. Questions that wait for each other stop the clock once.
  Question question() {
    lock.lock();
    try {
      if (questions++ == 0) {
        asked = nanos.getAsLong();
      }
    } finally {
      lock.unlock();
    }
    return this::answered;
  }

  private void answered() {
    lock.lock();
    try {
      if (--questions == 0) {
        stood += nanos.getAsLong() - asked;
      }
    } finally {
      lock.unlock();
    }
  }
}
