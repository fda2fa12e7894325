package mimo.engine.journal.sqlite;

import java.time.InstantSource;
import java.util.function.Function;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.Claim.Manner;
import mimo.engine.journal.sqlite.RunLocks.LockFile;
import mimo.engine.journal.sqlite.TakeLease.Taking;

/// Gives out the right to append, to one process for each stream (D41 to D43). Thread-safe.
///
/// The lock of the stream's file decides, and a number in the store fences whoever lost it. Where
/// locks cannot be trusted, a heartbeat in the store decides instead; every process heeds one that
/// it finds.
final class Leases implements AutoCloseable {

  /// How often a stream may change hands while somebody tries to get it.
  private static final int TRIES = 3;

  private final RunLocks locks;
  private final GroupCommit writer;
  private final Function<StreamId, LeaseRow> rows;
  private final LockTrust trust;
  private final InstantSource clock;
  private final Heartbeats heartbeats;
  private final Owner self = Owner.thisProcess();

  /// @param rows reads what the store says
  Leases(
      RunLocks locks,
      GroupCommit writer,
      Function<StreamId, LeaseRow> rows,
      LockTrust trust,
      InstantSource clock) {
    this.locks = locks;
    this.writer = writer;
    this.rows = rows;
    this.trust = trust;
    this.clock = clock;
    this.heartbeats = new Heartbeats(writer, clock);
  }

  /// The store is not asked first: nearly always it would say what is expected.
  ///
  /// @throws LeaseRefused `run_live` if another owner lives
  Lease acquire(StreamId stream) {
    var expected = LeaseRow.NONE;
    for (int tries = 0; tries < TRIES; tries++) {
      var file = expected.file(stream);
      var row = LeaseRow.NONE;
      if (trust == LockTrust.LOCKS && !locks.acquire(file)) {
        row = rows.apply(stream);
      } else {
        switch (take(file, Manner.IF_FREE)) {
          case Taking.Granted(var grant) -> {
            return lease(file, grant);
          }
          case Taking.Denied(var found) -> row = found;
        }
      }
      if (row.lock() == expected.lock()) {
        throw live(stream, row);
      }
      expected = row;
    }
    throw live(stream, expected);
  }

  /// Its former owner has its lock, so this one takes the next.
  ///
  /// @throws LeaseRefused `run_live` if somebody else does so, and is faster
  Lease takeOver(StreamId stream) {
    var row = rows.apply(stream);
    var file = new LockFile(stream, row.lock() + 1);
    if (trust == LockTrust.LOCKS && !locks.acquire(file)) {
      throw live(stream, rows.apply(stream));
    }
    return switch (take(file, Manner.BY_FORCE)) {
      case Taking.Granted(var grant) -> lease(file, grant);
      case Taking.Denied(var found) -> throw live(stream, found);
    };
  }

  /// If it is not granted, its lock is given back.
  private Taking take(LockFile file, Manner manner) {
    var granted = false;
    try {
      var claim = new Claim(self, file.number(), clock.instant(), trust, manner);
      var work = new TakeLease(file.stream(), claim);
      writer.submit(work);
      var taking = work.await();
      granted = taking instanceof Taking.Granted;
      return taking;
    } finally {
      if (!granted) {
        locks.release(file);
      }
    }
  }

  private Lease lease(LockFile file, SqliteLease.Grant grant) {
    var lease = new SqliteLease(file.stream(), grant, own -> giveBack(own, file));
    if (trust == LockTrust.HEARTBEATS) {
      heartbeats.begin(lease);
    }
    return lease;
  }

  private void giveBack(SqliteLease lease, LockFile file) {
    switch (trust) {
      case LOCKS -> locks.release(file);
      case HEARTBEATS -> heartbeats.end(lease);
    }
  }

  private static LeaseRefused live(StreamId stream, LeaseRow row) {
    var what = stream.kind() + " " + stream.name();
    return new LeaseRefused("run_live", what + " is worked on by " + row.owner(), row.owner());
  }

  /// Keeps everybody from owning a stream, damaged or not, without owning it.
  ///
  /// @throws LeaseRefused `run_live` if somebody owns it
  LockFile hold(StreamId stream) {
    var row = rows.apply(stream);
    var file = row.file(stream);
    if (row.beats(clock.instant(), self) || (trust == LockTrust.LOCKS && !locks.acquire(file))) {
      throw live(stream, row);
    }
    var now = rows.apply(stream);
    if (now.lock() != row.lock()) {
      locks.release(file);
      throw live(stream, now);
    }
    return file;
  }

  /// Ends a [#hold].
  void letGo(LockFile file) {
    locks.release(file);
  }

  /// Whether some live process, perhaps this one, owns the stream.
  boolean owned(StreamId stream) {
    var row = rows.apply(stream);
    return row.beats(clock.instant(), self)
        || (trust == LockTrust.LOCKS && locks.isHeld(row.file(stream)));
  }

  /// Says once that the owners of this process live.
  void beatOnce() {
    heartbeats.beat();
  }

  @Override
  public void close() {
    heartbeats.close();
  }
}
