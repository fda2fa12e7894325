package mimo.agent;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.AgentLoop.Stops;
import mimo.agent.LimitedWork.Ending;
import mimo.agent.goal.Goal;
import mimo.agent.goal.GoalGround;
import mimo.agent.goal.GoalLedger;
import mimo.agent.goal.Pursuit;
import mimo.agent.goal.Transcript;
import mimo.agent.maxmode.Overhead;
import mimo.agent.memory.Recall;
import mimo.agent.provider.TokenUsage;
import mimo.agent.rebuild.OwnRebuilding;
import mimo.agent.rebuild.Renewal;
import mimo.agent.rebuild.Window;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.ConversationSoFar;
import mimo.agent.session.GoalFact;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnStatus;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// One session of one agent, turn by turn (A1, A12). Confined to one thread.
///
/// What the model is told is what is stored, so a later process, which reads it back, tells it in
/// the same words. What is asked is on its way to the store while the model already reads it; it is
/// durable before anything acts on the reply, each result is before the model is told of it, and
/// the answer is before it is handed out.
public final class Conversation {

  private final ConversationRecord record;
  private final ConversationSetup setup;
  private final Recall recall;
  private final OwnRebuilding rebuilding;
  private final LongSupplier nanos;
  private final Purse purse;
  private final EndTerms terms;

  /// What this process has spent on it.
  ///
  /// @param microUsd in millionths of a US dollar; null if nobody knows the price
  /// @param overhead the part of it that went to no reply
  public record Spent(int requests, TokenUsage usage, @Nullable Long microUsd, Overhead overhead) {

    /// All of it went to replies.
    public Spent(int requests, TokenUsage usage, @Nullable Long microUsd) {
      this(requests, usage, microUsd, Overhead.NONE);
    }
  }

  /// What a conversation has behind it.
  ///
  /// @param recall what one that begins is told besides
  /// @param goal where the agent can work towards a goal; null if it can have none
  /// @param rebuilding how it goes on when it has become too long
  public record Backing(Recall recall, @Nullable GoalGround goal, OwnRebuilding rebuilding) {

    /// Nothing but the conversation itself.
    public static final Backing NONE = new Backing(Recall.NOTHING, null, OwnRebuilding.plain());
  }

  /// One of an agent that remembers nothing but the conversation.
  ///
  /// @param nanos the monotonic clock
  public Conversation(ConversationRecord record, ConversationSetup setup, LongSupplier nanos) {
    this(record, setup, Backing.NONE, EndTerms.NONE, nanos);
  }

  /// One that another agent has with its subagent, which must finish its tasks (T4).
  ///
  /// @param nanos the monotonic clock
  public static Conversation ofSubagent(
      ConversationRecord record, ConversationSetup setup, Backing backing, LongSupplier nanos) {
    return new Conversation(record, setup, backing, EndTerms.ALL_TASKS, nanos);
  }

  /// A conversation that goes on with what its record holds, if it holds anything.
  ///
  /// @param nanos the monotonic clock
  public Conversation(
      ConversationRecord record, ConversationSetup setup, Backing backing, LongSupplier nanos) {
    this(record, setup, backing, terms(record, backing.goal()), nanos);
  }

  private Conversation(
      ConversationRecord record,
      ConversationSetup setup,
      Backing backing,
      EndTerms terms,
      LongSupplier nanos) {
    this.record = record;
    this.setup = setup;
    this.recall = backing.recall();
    this.rebuilding = backing.rebuilding();
    this.terms = terms;
    this.nanos = nanos;
    this.purse = new Purse(setup.model().price(), setup.budget(), setup.overshoot(), nanos);
  }

  /// A judge sees all that ever was said, whatever the model is told of it now (G3).
  private static EndTerms terms(ConversationRecord record, @Nullable GoalGround ground) {
    return ground == null
        ? EndTerms.NONE
        : new EndTerms(
            EndTerms.Tasks.MAY_BE_LEFT,
            new Pursuit(ground, record.facts()),
            _ -> Transcript.ofFacts(record.facts()));
  }

  /// From here on the agent works towards a goal; the one before is forgotten.
  ///
  /// @throws IOException if its tests cannot be read and kept; nothing is written down then
  public void pursue(Goal goal, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var pursuit = terms.goal();
    if (pursuit == null) {
      throw new IllegalStateException("there is no ground for a goal");
    }
    var set = pursuit.setting(goal, cancellation);
    remember();
    pursuit.begin(set, record::ofGoal);
  }

  /// From here on there is no goal.
  public void clearGoal() throws InterruptedException {
    var pursuit = terms.goal();
    if (pursuit != null && pursuit.ledger().goal() != null) {
      pursuit.heard(record.ofGoal(new GoalFact.Cleared()));
    }
  }

  /// How the goal stands.
  public GoalLedger goal() {
    var pursuit = terms.goal();
    return pursuit == null ? GoalLedger.NONE : pursuit.ledger();
  }

  /// What was asked last, if it has no answer.
  public Optional<Asked> unanswered() {
    return record.unanswered();
  }

  public Spent spent() {
    return purse.spent();
  }

  /// Asks something, and works until there is an outcome.
  ///
  /// @param cancellation stops it, tools and all
  /// @param events hears what happens; quick, and thread-safe
  /// @throws InterruptedException if the caller's thread is interrupted
  /// @throws mimo.engine.EngineException if what happens cannot be written down
  public TurnOutcome turn(Asked asked, CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    var chosen = choose();
    remember();
    return work(record.ask(asked), chosen, cancellation, events);
  }

  private Renewal renewal(ConversationSoFar before) {
    return new Renewal(rebuilding.all(), rebuilding.session(), before, record::asked, this::goal);
  }

  /// Has the model told something in place of what was said, from the next turn on (K16).
  ///
  /// @return nothing if that would make the conversation no shorter
  /// @throws InterruptedException if stopped meanwhile
  public Optional<Rebuilt> rebuild() throws InterruptedException {
    var before = record.soFar();
    var window = new Window(renewal(before), setup.model(), setup.tools());
    var chosen = record.chosen();
    window.headed(chosen == null ? setup.system() : chosen.system(), setup.tools().specs());
    var planned = window.asked(before.messages());
    if (planned.isEmpty()) {
      return planned;
    }
    var stored = record.rebuilt(planned.get());
    setup.tools().watch().rearm();
    return Optional.of(stored);
  }

  /// Once, before anything is said, and never again: what comes first must stay as it is (M22).
  private void remember() {
    if (record.isBlank()) {
      recall
          .digest()
          .ifPresent(digest -> record.arrived(new Arrived(digest.mark(), digest.text())));
    }
  }

  /// Goes on with what was asked last and has no answer: by its record as far as that goes.
  ///
  /// @throws IllegalStateException if there is nothing to go on with
  /// @throws InterruptedException as [#turn] does
  public TurnOutcome goOn(CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    var chosen = choose();
    return work(record.goOn(), chosen, cancellation, events);
  }

  /// The words at the head of the conversation stay the same while agent, model and tools do (A31).
  private Chosen choose() {
    var before = record.chosen();
    var model = setup.model();
    var tools = setup.tools().names();
    var system =
        before != null
                && before.agent().equals(setup.agent())
                && before.model().equals(model.reference())
                && before.tools().equals(tools)
            ? before.system()
            : setup.system();
    var now =
        new Chosen(setup.agent(), model.reference(), model.price(), system, tools, setup.usual());
    return now.equals(before) ? now : record.choose(now);
  }

  private TurnOutcome work(
      ConversationRecord.Turn turn,
      Chosen chosen,
      CancellationToken cancellation,
      Consumer<AgentEvent> events)
      throws InterruptedException {
    var attempt = turn.attempt();
    var files = new TurnFiles(setup.snapshots(), attempt, events);
    var task =
        new AgentTask(
            setup.model(),
            chosen.system(),
            turn.before().messages(),
            turn.prompt(),
            setup.tools(),
            setup.answer(),
            setup.thinking(),
            null,
            setup.maxTurns(),
            setup.authority(),
            files::beforeChange,
            terms,
            renewal(turn.before()),
            setup.max(),
            setup.asker());
    var present = new PresentEvents(() -> attempt, events);
    var loop = new AgentLoop(task, attempt, purse, present, nanos);
    TurnOutcome outcome;
    try (var time = new TurnTime(purse, cancellation)) {
      var ending =
          LimitedWork.run(
              "turn", own -> loop.run(Stops.by(own)), new Patience(null, null), time.stopping());
      outcome = outcome(ending, time);
    }
    files.afterTurn();
    record.end(ended(outcome));
    record.awaitDurable();
    return outcome;
  }

  private static TurnOutcome outcome(Ending<AgentOutcome> ending, TurnTime time) {
    return switch (ending) {
      case Ending.Done<AgentOutcome>(AgentOutcome.Answered(var value)) ->
          new TurnOutcome.Answered(value);
      case Ending.Done<AgentOutcome>(AgentOutcome.Ended(var code, var message, var until)) ->
          new TurnOutcome.Failed(code, message, until);
      case Ending.Stopped<AgentOutcome> _ ->
          time.isOver()
              ? new TurnOutcome.Failed("budget", "the budget of time is used up", null)
              : new TurnOutcome.Interrupted();
      case Ending.TimedOut<AgentOutcome> _, Ending.Stalled<AgentOutcome> _ ->
          throw new IllegalStateException("whoever is out of time is stopped, and never left");
    };
  }

  private TurnEnded ended(TurnOutcome outcome) {
    return switch (outcome) {
      case TurnOutcome.Answered(var value) ->
          new TurnEnded(TurnStatus.ANSWERED, setup.answer() == null ? null : value, null, null);
      case TurnOutcome.Failed(var code, var message, _) ->
          new TurnEnded(TurnStatus.FAILED, null, code, message);
      case TurnOutcome.Interrupted() -> new TurnEnded(TurnStatus.INTERRUPTED, null, null, null);
    };
  }
}
