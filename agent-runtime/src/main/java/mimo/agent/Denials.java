package mimo.agent;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent.Outcome;

/// Whether calls of an agent were refused because nobody was there to allow them, gathered from its
/// events: what exit code 6 is about (A67). Thread-safe.
public final class Denials implements Consumer<AgentEvent> {

  private final ReentrantLock lock = new ReentrantLock();
  private boolean any;
  private boolean inStep;
  private boolean last;

  @Override
  public void accept(AgentEvent event) {
    lock.lock();
    try {
      if (event instanceof AgentEvent.StepStart) {
        inStep = false;
      } else if (event instanceof AgentEvent.PermissionEnd end
          && end.outcome() == Outcome.UNATTENDED) {
        any = true;
        inStep = true;
        last = true;
      } else if (event instanceof AgentEvent.ToolStart) {
        last = inStep;
      }
    } finally {
      lock.unlock();
    }
  }

  /// In the last step that called tools.
  public boolean inLastRound() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// In any step.
  public boolean inAnyRound() {
    lock.lock();
    try {
      return any;
    } finally {
      lock.unlock();
    }
  }
}
