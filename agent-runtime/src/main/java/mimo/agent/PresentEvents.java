package mimo.agent;

import java.util.function.Consumer;
import java.util.function.Supplier;
import mimo.agent.session.SessionAttempt;

/// Passes on what happens now. A turn that was over before the program was stopped was heard then,
/// and is not told again; nor is a verdict that sent the agent back. The one it ended with is: it
/// may be all that is left to tell. Thread-safe as its listener is.
final class PresentEvents implements Consumer<AgentEvent> {

  private final Supplier<SessionAttempt> session;
  private final Consumer<AgentEvent> listener;
  private volatile boolean silent;

  /// @param session what is recorded of the attempt that is going on
  PresentEvents(Supplier<SessionAttempt> session, Consumer<AgentEvent> listener) {
    this.session = session;
    this.listener = listener;
  }

  @Override
  public void accept(AgentEvent event) {
    if (event instanceof AgentEvent.StepStart) {
      silent = session.get().remembersAWholeTurn();
    } else if (event instanceof AgentEvent.GoalStart) {
      silent = session.get().remembersBeingSentBack();
    }
    if (!silent) {
      listener.accept(event);
    }
    if (event instanceof AgentEvent.StepEnd || event instanceof AgentEvent.GoalEnd) {
      silent = false;
    }
  }
}
