package mimo.agent.hook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.command.OutputSink;

/// The beginning of an output, and whether there was more. Thread-safe.
final class FirstBytes implements OutputSink {

  private final ReentrantLock lock = new ReentrantLock();
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private final int most;
  private boolean more;

  FirstBytes(int most) {
    this.most = most;
  }

  @Override
  public void accept(byte[] bytes, int length) {
    lock.lock();
    try {
      int room = Math.min(length, most - first.size());
      first.write(bytes, 0, room);
      more = more || room < length;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it was longer than it may be.
  boolean isCut() {
    lock.lock();
    try {
      return more;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String text() {
    lock.lock();
    try {
      return first.toString(StandardCharsets.UTF_8);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    // Nothing but memory is held.
  }
}
