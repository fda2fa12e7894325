package mimo.engine.journal;

import java.util.List;
import java.util.Set;

/// What of a journal is kept, and what is given up (D61).
public interface Keeping {

  /// Keeps a stream whatever happens to others of its age. Pinning twice does nothing.
  void pin(StreamId stream);

  void unpin(StreamId stream);

  /// The streams that are pinned.
  Set<StreamId> pinned();

  /// Removes runs and their sessions for good, all at once, together with the large values that no
  /// other stream needs. Their bytes are in no file of the journal any more when this returns. A
  /// stream that is not there is passed over.
  ///
  /// @param streams of each run its own and all that belong to it
  /// @param permit called when no process can add to the journal any more; nothing is removed if it
  ///   throws
  /// @throws mimo.engine.EngineException.LeaseRefused `run_live` if some process works on one of
  ///   the runs; then nothing is removed
  void erase(List<StreamId> streams, Runnable permit);

  /// The same, whatever else was added meanwhile.
  default void erase(List<StreamId> streams) {
    erase(streams, () -> {});
  }

  /// Writes streams anew, sealed anew, all at once: what is no more in their records is in no file
  /// of the journal any more when this returns (D71). A stream that is not there is passed over.
  ///
  /// @param streams of a run its own and all that belong to it
  /// @param rewriting says what each of them is to hold; called where nobody else can write
  /// @throws mimo.engine.EngineException.LeaseRefused `run_live` if some process works on one of
  ///   them; then nothing is rewritten
  void rewrite(List<StreamId> streams, Rewriting rewriting);

  /// Says what a stream is to hold instead of its records.
  @FunctionalInterface
  interface Rewriting {
    List<JournalRecord> of(StreamId stream, List<JournalRecord> records);
  }

  /// Gives the room of what was removed back to the disk, unless some process works on a stream.
  ///
  /// @return whether it did
  boolean compact();

  /// How many bytes the journal takes on the disk.
  long bytes();
}
