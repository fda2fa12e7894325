package mimo.engine;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import mimo.engine.journal.Journal;
import mimo.engine.journal.Lease;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.StreamId;

/// The sessions of one run's steps, written by the right to write the run. Thread-safe.
final class RunSessions {

  private final Map<Integer, JournaledSession> open = new ConcurrentHashMap<>();
  private final Scope scope;

  /// What the sessions of a run have in common.
  ///
  /// @param generation which numbering of the run they belong to
  /// @param broken told, on the journal's thread, when they cannot be written any more
  record Scope(
      Journal journal,
      Lease lease,
      SessionCodec codec,
      InstantSource clock,
      int generation,
      Consumer<EngineException> broken) {}

  RunSessions(Scope scope) {
    this.scope = scope;
  }

  /// The session of a step, whose body works on it now.
  Session of(int seq) {
    return open.computeIfAbsent(seq, this::session);
  }

  private JournaledSession session(int seq) {
    var run = new RunId(scope.lease().stream().name());
    return new JournaledSession(StreamId.session(run, scope.generation(), seq), scope);
  }

  /// The step has ended, and writes nothing more.
  void ended(int seq) {
    open.remove(seq);
  }
}
