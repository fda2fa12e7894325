package mimo.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What a worker wrote to its error stream: drained to the end, escaped, and kept up to a cap.
/// Thread-safe.
final class WorkerLog {

  private static final int CHUNK = 4096;

  private final int maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final StringBuilder kept = new StringBuilder();
  private final CountDownLatch drained = new CountDownLatch(1);

  WorkerLog(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Reads until the stream ends; what is over the cap is dropped.
  void drain(InputStream stream) {
    var chunk = new byte[CHUNK];
    try (stream) {
      for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
        append(chunk, n);
      }
    } catch (IOException e) {
      // The pipe broke because the worker died: its end is reported elsewhere.
    } finally {
      drained.countDown();
    }
  }

  private void append(byte[] chunk, int length) {
    lock.lock();
    try {
      for (int i = 0; i < length && kept.length() < maxBytes; i++) {
        escape(chunk[i]);
      }
    } finally {
      lock.unlock();
    }
  }

  private void escape(byte b) {
    if (b == '\n' || b == '\t' || (b >= ' ' && b < 0x7F)) {
      kept.append((char) b);
    } else {
      kept.append("\\x%02x".formatted(b));
    }
  }

  /// Everything a dead worker wrote; waits for what is still in the pipe, but no longer than
  /// `patience`, since a descendant of the worker may hold the pipe open.
  String lastWords(Duration patience) throws InterruptedException {
    drained.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    return text();
  }

  String text() {
    lock.lock();
    try {
      return kept.toString();
    } finally {
      lock.unlock();
    }
  }
}
