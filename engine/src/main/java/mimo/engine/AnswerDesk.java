package mimo.engine;

import java.util.Optional;

/// Hears what people say to steps of a run that wait for it (D53).
interface AnswerDesk {

  /// Somebody answers a step of the generation at work. Called on a thread of the run's own, one
  /// answer at a time; it may wait for the store.
  ///
  /// An answer that is taken is an entry that carries the request's id
  /// ([mimo.engine.journal.JournalEntry.ApplyingEntry]).
  ///
  /// @return what became of it; empty if that is told once its entry is durable
  Optional<ControlOutcome> take(Asked asked, ControlRequest.Answer answer)
      throws InterruptedException;

  /// For a run in which no step waits for anybody.
  static AnswerDesk none() {
    return (_, answer) ->
        Optional.of(
            new ControlOutcome.Refused(
                "step_unknown", "step " + answer.seq() + " does not wait for an answer"));
  }
}
