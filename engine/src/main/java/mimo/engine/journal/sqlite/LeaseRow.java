package mimo.engine.journal.sqlite;

import java.time.Instant;
import mimo.engine.EngineLimits;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.RunLocks.LockFile;
import org.jspecify.annotations.Nullable;

/// What the store says about who owns a stream.
///
/// @param lock the number of the lock file that counts
/// @param beat when the owner last said that it lives; null where its lock says so
/// @param boot of the machine it lives on; empty if unknown
record LeaseRow(long token, long lock, @Nullable Instant beat, String boot, String owner) {

  /// Of a stream that nobody has owned yet.
  static final LeaseRow NONE = new LeaseRow(0, 0, null, "", "another process");

  LockFile file(StreamId stream) {
    return new LockFile(stream, lock);
  }

  /// Whether somebody said so lately that he lives that he must be believed (D43). A machine that
  /// was started anew since has no old processes.
  boolean beats(Instant now, Owner self) {
    return beat != null
        && beat.plus(EngineLimits.HEARTBEATS_MISSED).isAfter(now)
        && (boot.isEmpty() || self.bootId().isEmpty() || boot.equals(self.bootId()));
  }
}
