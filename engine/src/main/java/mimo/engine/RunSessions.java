package mimo.engine;

import java.time.InstantSource;
import java.util.function.Consumer;
import mimo.engine.journal.Journal;
import mimo.engine.journal.Lease;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.StreamId;

/// The sessions of one run's steps, written by the right to write the run. Thread-safe.
///
/// @param generation which numbering of the run they belong to
/// @param broken told, on the journal's thread, when they cannot be written any more
record RunSessions(
    Journal journal,
    Lease lease,
    SessionCodec codec,
    InstantSource clock,
    int generation,
    Consumer<EngineException> broken) {

  /// The session of a step, for its body alone.
  Session of(int seq, int restarts) {
    var run = new RunId(lease.stream().name());
    return new JournaledSession(StreamId.session(run, generation, seq, restarts), this);
  }
}
