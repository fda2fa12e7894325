package mimo.cli.chat;

import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.TurnOutcome;
import mimo.engine.CancellationToken;

/// Whom somebody talks with.
public interface Partner {

  /// Says something, and waits until there is an answer. Called on the turn's own thread, never
  /// twice at once.
  ///
  /// @param events hears what happens; thread-safe
  TurnOutcome say(String text, CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException;

  /// Whether something has ended for which it would begin by itself (A51). Never called while it
  /// speaks.
  boolean hasNews();

  /// Who that is, in a few words for the status line: agent, model, what was spent.
  String standing();
}
