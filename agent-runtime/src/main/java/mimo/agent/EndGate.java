package mimo.agent;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import mimo.agent.AgentOutcome.Answered;
import mimo.agent.AgentOutcome.Ended;
import mimo.agent.goal.Bill;
import mimo.agent.goal.GoalGate;
import mimo.agent.message.Message;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionAttempt;
import mimo.agent.task.TaskTool;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Stands between an agent and its end: its own tasks, hooks, and its goal, in this order, each of
/// which may send it back. Confined to the agent's thread.
final class EndGate {

  private final EndTerms terms;
  private final SessionAttempt session;
  private final StopHooks hooks;
  private final @Nullable GoalGate goal;
  private int nudges;

  EndGate(AgentTask task, SessionAttempt session, Meter meter, Consumer<AgentEvent> events) {
    this.terms = task.terms();
    this.session = session;
    this.hooks = new StopHooks(task.tools().hooks(), session, events);
    var pursuit = terms.goal();
    this.goal =
        pursuit == null ? null : new GoalGate(pursuit, session, new FromMeter(meter), events);
  }

  /// An agent that wants to end.
  ///
  /// @param messages all that was said
  record Leaving(AgentOutcome outcome, List<Message> messages) {}

  /// What becomes of it.
  sealed interface Word {

    record Ends(AgentOutcome outcome) implements Word {}

    /// @param told what it is told; written down
    record GoesOn(String told) implements Word {}
  }

  /// Lets it end, or not.
  Word ask(Leaving leaving, CancellationToken cancellation) throws InterruptedException {
    if (!(leaving.outcome() instanceof Answered(var value))) {
      return new Word.Ends(leaving.outcome());
    }
    var left = left(leaving);
    if (left.isPresent()) {
      return left.get();
    }
    var refusal = hooks.refusal(leaving.outcome(), cancellation);
    if (refusal.isPresent()) {
      return new Word.GoesOn(session.prompted(refusal.get()));
    }
    return goal == null
        ? new Word.Ends(leaving.outcome())
        : judged(goal, leaving, value, cancellation);
  }

  /// Tasks it has not finished: it is told so twice, and then ends without success (T4).
  private Optional<Word> left(Leaving leaving) {
    if (terms.tasks() == EndTerms.Tasks.MAY_BE_LEFT) {
      return Optional.empty();
    }
    var open = TaskTool.after(leaving.messages(), List.of()).unfinished();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    var list = String.join("\n", open);
    if (nudges == GoalLimits.TASK_NUDGES) {
      return Optional.of(
          new Word.Ends(new Ended("partial", "these tasks are not finished:\n" + list)));
    }
    nudges++;
    return Optional.of(
        new Word.GoesOn(
            session.prompted(
                "These tasks of yours are not finished:\n"
                    + list
                    + "\nFinish them, or mark each done, blocked or abandoned, as it is; then give"
                    + " your answer again.")));
  }

  private Word judged(GoalGate gate, Leaving leaving, String answer, CancellationToken cancellation)
      throws InterruptedException {
    var transcript = terms.transcript();
    return switch (gate.ask(answer, () -> transcript.apply(leaving.messages()), cancellation)) {
      case GoalGate.Word.Passes() -> new Word.Ends(leaving.outcome());
      case GoalGate.Word.Ends(var code, var message) -> new Word.Ends(new Ended(code, message));
      case GoalGate.Word.GoesOn(var told) -> new Word.GoesOn(told);
    };
  }

  /// The judge is paid out of what the agent may spend.
  private record FromMeter(Meter meter) implements Bill {
    @Override
    public String exhausted() {
      return meter.exhausted();
    }

    @Override
    public OptionalLong maxOutputTokens(long input, @Nullable Price price) {
      return meter.maxOutputTokens(input, price);
    }

    @Override
    public void sending() {
      meter.sending();
    }

    @Override
    public void charge(TokenUsage usage, @Nullable Price price) {
      meter.charge(usage, price);
    }
  }
}
