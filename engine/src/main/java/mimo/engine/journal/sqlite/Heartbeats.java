package mimo.engine.journal.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.EngineException;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;

/// Says of every stream this process owns that its owner lives, where locks cannot say so (D41).
/// Thread-safe.
final class Heartbeats implements AutoCloseable {

  private final GroupCommit writer;
  private final InstantSource clock;
  private final Set<SqliteLease> owned = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  Heartbeats(GroupCommit writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  void begin(SqliteLease lease) {
    owned.add(lease);
    if (!started.getAndSet(true)) {
      Thread.ofVirtual().name("heartbeats").start(this::beatUntilClosed);
    }
  }

  /// The stream is free at once, not only when its owner is missed.
  void end(SqliteLease lease) {
    owned.remove(lease);
    writer.submit(new Beat(lease, null));
  }

  private void beatUntilClosed() {
    try {
      while (!closed.await(EngineLimits.HEARTBEAT.toNanos(), TimeUnit.NANOSECONDS)) {
        beat();
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread; whoever interrupts it all the same wants it gone.
      Thread.currentThread().interrupt();
    }
  }

  /// Says it once.
  void beat() {
    for (var lease : owned) {
      writer.submit(new Beat(lease, clock.instant()));
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /// One owner lives, or gives up. A beat that is lost is like one that is missed.
  private record Beat(SqliteLease lease, @Nullable Instant at) implements Work {
    @Override
    public void apply(EntryTable table) throws SQLException {
      table.beat(lease, at);
    }

    @Override
    public void committed() {}

    @Override
    public void failed(EngineException cause) {}
  }
}
