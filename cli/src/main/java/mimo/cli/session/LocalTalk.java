package mimo.cli.session;

import java.io.IOException;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.Conversation;
import mimo.agent.TurnOutcome;
import mimo.agent.goal.Goal;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Usual;
import mimo.cli.command.SessionDesk.GoalOrder;
import mimo.cli.command.SessionDesk.Talk;
import mimo.cli.error.CommandException;
import mimo.cli.run.Failing;
import mimo.engine.CancellationToken;
import mimo.engine.SessionId;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;
import org.jspecify.annotations.Nullable;

/// One session of the store, open for one order. Confined to the command's thread.
///
/// @param asked null to go on with what was asked last
/// @param goal what becomes of the session's goal before that; null for nothing
/// @param prompt how that is asked
/// @param had who has the session
/// @param usual who goes on with it; null for the same
record LocalTalk(
    OwnSession own,
    Sessions sessions,
    Conversation conversation,
    @Nullable Asked asked,
    @Nullable GoalOrder goal,
    HookedPrompt prompt,
    Usual had,
    @Nullable Usual usual)
    implements Talk {

  @Override
  public String agent() {
    return had.agent();
  }

  @Override
  public String model() {
    return had.model();
  }

  @Override
  public SessionId id() {
    return own.id();
  }

  @Override
  public boolean offline() {
    return model().startsWith(OfflineProvider.ID + "/");
  }

  @Override
  public TurnOutcome turn(CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    var now = asked;
    if (now != null) {
      return told(
          () -> prompt.ask(now, cancellation, events, all -> asked(all, cancellation, events)));
    }
    prompt.goOn(cancellation, events);
    return goOn(cancellation, events);
  }

  /// A prompt that hooks refuse changes no goal.
  private TurnOutcome asked(Asked all, CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    switch (goal) {
      case GoalOrder.Wanted(var wanted) -> pursue(wanted, cancellation);
      case GoalOrder.Cleared() -> conversation.clearGoal();
      case null -> {}
    }
    return conversation.turn(all, cancellation, events);
  }

  private void pursue(Goal wanted, CancellationToken cancellation) throws InterruptedException {
    try {
      conversation.pursue(wanted, cancellation);
    } catch (IOException refused) {
      throw new CommandException("goal_refused", String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public TurnOutcome goOn(CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    return told(() -> conversation.goOn(cancellation, events));
  }

  private TurnOutcome told(Failing.Work<TurnOutcome> work) throws InterruptedException {
    try {
      return Failing.waited(work);
    } catch (CommandException failure) {
      throw LocalSessions.of(id(), failure);
    }
  }

  @Override
  public Conversation.Spent spent() {
    return conversation.spent();
  }

  @Override
  public void close() {
    try (sessions) {
      own.close();
    }
  }
}
