package mimo.engine.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;

/// The one thread of this process that writes to the store. It takes all that is in line, commits
/// once, and acknowledges each (D13): a forced write costs the same for one entry and for many.
final class GroupCommit implements AutoCloseable {

  private static final long LOOK_UP_MILLIS = 100;

  /// How often SQLite may wait.
  private static final long TRIES = EngineLimits.STORE_PATIENCE.dividedBy(EngineLimits.STORE_BUSY);

  private final StoreFiles files;
  private final StoreAccess access;
  private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(EngineLimits.WRITER_QUEUE);
  private final AtomicLong commits = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean ended;
  private @Nullable Connection connection;
  private @Nullable EntryTable table;

  GroupCommit(StoreFiles files, StoreAccess access) {
    this.files = files;
    this.access = access;
    this.thread = Thread.ofPlatform().daemon().name("journal writer").start(this::write);
  }

  /// Puts work in line; waits while the line is full, even if interrupted, for a lost append would
  /// leave a hole.
  void submit(Work work) {
    var interrupted = false;
    try {
      while (true) {
        if (closed) {
          work.failed(closedFailure());
          return;
        }
        try {
          if (queue.offer(work, LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
            failWhatCameTooLate();
            return;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// How many commits were made.
  long commits() {
    return commits.get();
  }

  private void write() {
    var batch = new ArrayList<Work>();
    try {
      for (var first = next(); first != null; first = next()) {
        batch.add(first);
        queue.drainTo(batch, EngineLimits.APPENDS_PER_COMMIT - 1);
        commit(batch);
        batch.clear();
      }
    } finally {
      closed = true;
      disconnect();
      ended = true;
      failWhatCameTooLate();
    }
  }

  /// The next work in line; null once the line is closed and empty.
  private @Nullable Work next() {
    try {
      return closed ? queue.poll() : queue.take();
    } catch (InterruptedException e) {
      // Closing wakes this thread; what is in line is still written.
      return queue.poll();
    }
  }

  /// Whoever got in line while the writer left hears so, from the writer or from himself.
  private void failWhatCameTooLate() {
    if (!ended) {
      return;
    }
    for (var work = queue.poll(); work != null; work = queue.poll()) {
      work.failed(closedFailure());
    }
  }

  private void commit(List<Work> batch) {
    Consumer<Work> acknowledge;
    try {
      var open = begun();
      for (var work : batch) {
        work.apply(open);
      }
      open.commit();
      commits.incrementAndGet();
      acknowledge = Work::committed;
    } catch (SQLException e) {
      acknowledge = refusal(StoreFailures.of(e, files.database()));
    } catch (EngineException e) {
      acknowledge = refusal(e);
    } catch (RuntimeException | Error e) {
      // A boundary: whoever waits for this batch must hear of it, whatever went wrong.
      acknowledge =
          refusal(new StoreFailure("store_failed", "the journal's writer failed: " + e, e));
    }
    batch.forEach(acknowledge);
  }

  /// A transaction. Nothing is applied yet, so that another process writes for long, as one that
  /// removes runs may, is no reason to fail; SQLite itself waits but for a while.
  private EntryTable begun() throws SQLException {
    for (long left = TRIES; ; left--) {
      try {
        var open = connected();
        open.begin();
        return open;
      } catch (SQLException e) {
        if (left == 1 || !StoreFailures.isBusy(e)) {
          throw e;
        }
      }
    }
  }

  private Consumer<Work> refusal(EngineException cause) {
    // Whatever state the connection is in, a fresh one is in a known state.
    disconnect();
    return work -> work.failed(cause);
  }

  private EntryTable connected() throws SQLException {
    var open = table;
    if (open == null) {
      files.create();
      connection = access.writer(files.database());
      open = new EntryTable(connection);
      table = open;
    }
    return open;
  }

  /// Closing rolls back what is not committed.
  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // What was acknowledged is safe; the rest was refused already.
      return;
    } finally {
      connection = null;
      table = null;
    }
  }

  private StoreFailure closedFailure() {
    return new StoreFailure(
        "store_failed", "the store " + files.database() + " was closed by this process", null);
  }

  /// Writes what is in line, then ends.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(EngineLimits.CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
