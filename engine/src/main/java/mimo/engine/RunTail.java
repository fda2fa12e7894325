package mimo.engine;

import java.util.ArrayList;
import java.util.List;

/// Reads the events of a run as they become durable, whoever works on it (D44, D55). Confined to
/// its reader.
public final class RunTail {

  private final RunId run;
  private final RunHistory history;
  private final EventSequence sequence;
  private long read;

  RunTail(RunId run, RunHistory history) {
    this.run = run;
    this.history = history;
    this.sequence = new EventSequence(run, 0);
  }

  /// The events that became durable since the last call, at the first call all of them; at most
  /// [EngineLimits#READ_PAGE].
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public List<RecordedEvent> next() {
    var events = new ArrayList<RecordedEvent>();
    for (var written : history.written(run, read + 1)) {
      events.add(sequence.take(++read, written));
    }
    if (read == 0) {
      throw RunHistory.unknown(run.value());
    }
    return List.copyOf(events);
  }
}
