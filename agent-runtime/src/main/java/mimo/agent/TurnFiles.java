package mimo.agent;

import java.io.IOException;
import java.util.function.Consumer;
import mimo.agent.session.SessionAttempt;
import mimo.agent.session.SessionFact.FilesKept;
import mimo.agent.session.SessionFact.Moment;
import mimo.agent.snapshot.Snapshots;
import org.jspecify.annotations.Nullable;

/// Keeps the state of the workspace's files round what one stretch of a turn changes, so that it
/// can be undone (A63). Confined to one thread at a time.
final class TurnFiles {

  private final @Nullable Snapshots snapshots;
  private final SessionAttempt session;
  private final Consumer<AgentEvent> events;
  private boolean begun;

  /// @param snapshots null where states cannot be kept: there is no git
  TurnFiles(@Nullable Snapshots snapshots, SessionAttempt session, Consumer<AgentEvent> events) {
    this.snapshots = snapshots;
    this.session = session;
    this.events = events;
  }

  /// Something may change files now. What is kept is durable with what is written next.
  void beforeChange() throws InterruptedException {
    if (!begun && snapshots != null) {
      begun = true;
      keep(Moment.BEFORE, snapshots);
    }
  }

  /// Nothing of the turn changes files any more.
  void afterTurn() throws InterruptedException {
    if (begun && snapshots != null) {
      keep(Moment.AFTER, snapshots);
    }
  }

  /// The agent works on where it cannot be done: the user is told, and undoing says so again.
  private void keep(Moment moment, Snapshots possible) throws InterruptedException {
    String tree = null;
    try {
      tree = possible.take().tree();
    } catch (IOException refused) {
      events.accept(
          new AgentEvent.Notice(
              "undo_failed", "what this turn changes cannot be undone: " + refused.getMessage()));
    }
    session.kept(new FilesKept(moment, tree));
  }
}
