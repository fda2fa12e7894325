package mimo.engine.scheduling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The bodies that share one limit: some run, the rest waits in line. Thread-safe.
final class Lane {

  private final ReentrantLock lock = new ReentrantLock();
  private final Limit limit;
  private final int longestLine;
  private final Deque<Ticket> line = new ArrayDeque<>();
  private int running;

  Lane(Limit limit, int longestLine) {
    this.limit = limit;
    this.longestLine = longestLine;
  }

  boolean enter(Ticket ticket) {
    lock.lock();
    try {
      if (line.size() >= longestLine) {
        return false;
      }
      line.add(ticket);
    } finally {
      lock.unlock();
    }
    startWhatMay();
    return true;
  }

  private void leave() {
    giveBack();
    startWhatMay();
  }

  private void giveBack() {
    lock.lock();
    try {
      running--;
    } finally {
      lock.unlock();
    }
  }

  private void startWhatMay() {
    for (var next = next(); next != null; next = next()) {
      if (!next.start(limit.name(), this::leave)) {
        giveBack();
      }
    }
  }

  private @Nullable Ticket next() {
    lock.lock();
    try {
      if (running >= limit.permits()) {
        return null;
      }
      var next = line.poll();
      if (next != null) {
        running++;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Empties the line; nobody in it will start.
  void close() {
    lock.lock();
    try {
      line.clear();
    } finally {
      lock.unlock();
    }
  }
}
