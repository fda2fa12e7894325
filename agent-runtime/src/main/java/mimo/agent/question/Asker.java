package mimo.agent.question;

import java.util.List;
import mimo.engine.CancellationToken;

/// Puts questions to whoever is there. Thread-safe.
public interface Asker {

  /// Asks, and waits for the answer.
  ///
  /// @throws InterruptedException if cancelled
  Reply ask(Question question, CancellationToken cancellation) throws InterruptedException;

  /// Nobody is there, now or later.
  static Asker nobody() {
    return (_, _) -> new Reply.Nobody();
  }

  /// @param options answers to choose from; empty for any
  record Question(String text, List<String> options) {
    public Question {
      options = List.copyOf(options);
    }
  }

  /// What came back.
  sealed interface Reply {

    record Answered(String text) implements Reply {}

    /// Nobody is there.
    record Nobody() implements Reply {}
  }
}
