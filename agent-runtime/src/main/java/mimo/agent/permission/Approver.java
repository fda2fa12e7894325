package mimo.agent.permission;

import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Whoever is asked for a permission. Thread-safe; questions of one agent come one after the other.
public interface Approver {

  /// Asks, and waits for the answer.
  ///
  /// @throws InterruptedException if cancelled
  Answer ask(Question question, CancellationToken cancellation) throws InterruptedException;

  /// What was said.
  sealed interface Answer {

    /// This call may run.
    record Once() implements Answer {}

    /// This one, and whatever [Ruling#always] names from now on.
    record Always() implements Answer {}

    /// It may not.
    ///
    /// @param note what the agent is told beside it
    record Rejected(@Nullable String note) implements Answer {}

    /// Nobody is there, so it may not (A56).
    record Unattended(String reason) implements Answer {}
  }

  /// The approver of a run that nobody watches.
  static Approver nobody() {
    return (_, _) ->
        new Answer.Unattended(
            "it needs a permission, and nobody is there to give it; go on without it");
  }
}
