package mimo.engine.journal.sqlite;

import java.time.Instant;

/// Somebody wants a stream.
///
/// @param lock the number of the lock file he goes by
/// @param at when
/// @param trust what says from now on that he lives
/// @param manner whether he minds a live owner
record Claim(Owner owner, long lock, Instant at, LockTrust trust, Manner manner) {

  enum Manner {
    /// He wants it only if nobody has it.
    IF_FREE,
    /// He wants it in any case.
    BY_FORCE
  }

  /// Whether what the store says leaves the stream to him.
  boolean mayReplace(LeaseRow row) {
    return switch (manner) {
      case IF_FREE -> row.lock() == lock && !row.beats(at, owner);
      case BY_FORCE -> row.lock() == lock - 1;
    };
  }
}
