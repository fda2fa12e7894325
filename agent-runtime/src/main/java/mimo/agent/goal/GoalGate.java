package mimo.agent.goal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;
import mimo.agent.GoalLimits;
import mimo.agent.file.PathGuard;
import mimo.agent.message.Reminder;
import mimo.agent.provider.TokenUsage;
import mimo.agent.question.Asker;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.Accepted;
import mimo.agent.session.GoalFact.Asked;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Judged;
import mimo.agent.session.GoalFact.Result;
import mimo.agent.session.GoalFact.Ruled;
import mimo.agent.session.GoalFact.State;
import mimo.agent.session.GoalFact.Tests;
import mimo.agent.session.SessionAttempt;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// What an agent with a goal has to pass before it may stop (G2): first the checks, then the judge.
/// Confined to the agent's thread.
///
/// Each step is durable before the next one. A later process goes the same way: what is written
/// down is taken as it is, and the first step that is not is taken anew. So no check whose result
/// is known runs again, no verdict is asked for twice, and the counter stands in the verdicts (G8).
public final class GoalGate {

  private static final String ACCEPT = "accept";

  /// How the reason begins where nobody accepted that tests were changed.
  private static final String RESTS_ON_CHANGES =
      "tests or their configuration were changed, and nobody accepted that; put them back, or have"
          + " the user set the goal again with --allow-test-changes: ";

  private final Pursuit pursuit;
  private final SessionAttempt session;
  private final Bill bill;
  private final Consumer<AgentEvent> events;

  /// What becomes of an agent that wants to stop.
  public sealed interface Word {

    /// It may.
    record Passes() implements Word {}

    /// It goes on.
    ///
    /// @param told what it is told; written down
    record GoesOn(String told) implements Word {}

    /// It ends, and not with success.
    record Ends(String code, String message) implements Word {}
  }

  /// A gate for one attempt of an agent.
  public GoalGate(Pursuit pursuit, SessionAttempt session, Bill bill, Consumer<AgentEvent> events) {
    this.pursuit = pursuit;
    this.session = session;
    this.bill = bill;
    this.events = events;
  }

  /// Lets an agent pass, or not.
  ///
  /// @param answer what it wants to end with
  /// @param transcript all that was said so far
  public Word ask(String answer, Supplier<Transcript> transcript, CancellationToken cancellation)
      throws InterruptedException {
    var goal = pursuit.ledger().goal();
    if (goal == null) {
      return former();
    }
    // What it came to in this turn is gone through again, even if the goal was met at its end.
    if (!pursuit.ledger().isOpen() && !session.remembersTheGate()) {
      return new Word.Passes();
    }
    tellOutage();
    events.accept(new AgentEvent.GoalStart());
    var status = Status.ABORTED;
    Ruled ruled = null;
    try {
      ruled = ruled(goal, answer, transcript, cancellation);
      status = Status.OK;
    } catch (ExhaustedException spent) {
      status = Status.ERROR;
      return new Word.Ends("budget", String.valueOf(spent.getMessage()));
    } finally {
      events.accept(new AgentEvent.GoalEnd(status, ruled));
    }
    pursuit.heard(ruled);
    return word(ruled);
  }

  /// Nothing of what no judge could tell stands for a verdict now.
  private void tellOutage() {
    var last = pursuit.ledger().last();
    if (last != null && last.state() == State.UNVERIFIED && !session.remembersTheGate()) {
      events.accept(AgentEvent.Notice.judgedAnew());
    }
  }

  /// What an agent was told for a goal that was cleared since: it did what it did because of that.
  private Word former() throws InterruptedException {
    while (session.remembersTheGate()) {
      var step = session.recallOfGate(GoalFact.class);
      if (step.isPresent() && step.get() instanceof Ruled ruled) {
        if (ruled.told() != null) {
          return new Word.GoesOn(ruled.told());
        }
        if (ruled.state() == State.CLEARED) {
          tell(ruled);
        }
      }
    }
    var clearing = pursuit.ledger().clearing();
    if (clearing.isPresent()) {
      tell((Ruled) session.ofGoal(clearing.get()));
    }
    return new Word.Passes();
  }

  private void tell(Ruled cleared) {
    events.accept(new AgentEvent.GoalStart());
    events.accept(new AgentEvent.GoalEnd(Status.OK, cleared));
    pursuit.heard(cleared);
  }

  private static Word word(Ruled ruled) {
    if (ruled.told() != null) {
      return new Word.GoesOn(ruled.told());
    }
    return switch (ruled.state()) {
      case MET, CLEARED -> new Word.Passes();
      case NOT_MET ->
          new Word.Ends(
              "goal_not_met",
              "the goal is not met after the agent was sent back %d times: %s"
                  .formatted(ruled.reentries(), ruled.reason()));
      case IMPOSSIBLE -> new Word.Ends("goal_not_met", "the goal is impossible: " + ruled.reason());
      case UNVERIFIED -> new Word.Ends("goal_unverified", ruled.reason());
    };
  }

  private Ruled ruled(
      GoalFact.Set goal,
      String answer,
      Supplier<Transcript> transcript,
      CancellationToken cancellation)
      throws InterruptedException, ExhaustedException {
    var checked = session.recallOfGate(Checked.class);
    var done = checked.isPresent() ? checked.get() : check(goal, cancellation);
    var failed = done.results().stream().filter(result -> !result.passed()).toList();
    if (!failed.isEmpty()) {
      return rule(goal, done, State.NOT_MET, words(failed), List.of());
    }
    var brief = new Brief(goal.condition(), done, answer, transcript.get());
    var asked = new ArrayList<Judged>();
    var verdict = verdict(brief, asked, cancellation);
    if (verdict.isEmpty()) {
      var last = asked.getLast().fault();
      return rule(goal, done, State.UNVERIFIED, "the judge gave no valid verdict: " + last, asked);
    }
    var judged = verdict.get();
    if (judged.impossible()) {
      return rule(goal, done, State.IMPOSSIBLE, judged.reason(), asked);
    }
    if (!judged.ok()) {
      return rule(goal, done, State.NOT_MET, judged.reason(), asked);
    }
    return restsOnChanges(goal, done) && !accepted(done, cancellation)
        ? rule(goal, done, State.NOT_MET, changed(goal, done), asked)
        : rule(goal, done, State.MET, judged.reason(), asked);
  }

  private Checked check(GoalFact.Set goal, CancellationToken cancellation)
      throws InterruptedException {
    var ground = pursuit.ground();
    var checks = new Checks(ground.guard(), ground.authority(), ground.shells());
    var changes = List.<Change>of();
    var results = new ArrayList<Result>();
    try {
      if (goal.tests() == Tests.GUARDED) {
        changes =
            new GuardedFiles(ground.guard()).changes(goal.guarded(), goal.checks(), cancellation);
      }
      results.addAll(checks.run(goal.checks(), pursuit.vouching(goal), cancellation));
    } catch (IOException unreadable) {
      results.add(
          new Result(
              "tests as they were", false, "cannot be compared: " + unreadable.getMessage()));
    }
    boolean passed = results.stream().allMatch(Result::passed);
    var originals =
        passed && !changes.isEmpty() && !goal.checks().isEmpty()
            ? onOriginals(goal, changes, cancellation)
            : List.<Result>of();
    return (Checked) session.ofGoal(new Checked(changes, results, originals));
  }

  /// The same checks where nobody has changed the tests.
  private List<Result> onOriginals(
      GoalFact.Set goal, List<Change> changes, CancellationToken cancellation)
      throws InterruptedException {
    var ground = pursuit.ground();
    try (var restored = ground.originals().restore(ground.guard(), goal, changes)) {
      var guard = PathGuard.over(restored.folder());
      return new Checks(ground.guard(), ground.authority(), ground.shells())
          .in(guard)
          .run(goal.checks(), pursuit.vouching(goal), cancellation);
    } catch (IOException broken) {
      return List.of(
          new Result("tests as they were", false, "cannot be run: " + broken.getMessage()));
    }
  }

  /// A reply that counts; empty if none of a few did (G6). A judge is told why its last did not.
  private Optional<Judged> verdict(Brief brief, List<Judged> asked, CancellationToken cancellation)
      throws InterruptedException, ExhaustedException {
    var judge = new Judge(pursuit.ground().judge().get(), bill, pursuit.ground().patience());
    String refused = null;
    for (int at = 0; at < GoalLimits.JUDGE_TRIES; at++) {
      var verdict = recalled(Asked.VERDICT);
      if (verdict == null) {
        refuseIfExhausted();
        verdict = (Judged) session.ofGoal(judge.verdict(brief, refused, cancellation));
      }
      asked.add(verdict);
      if (verdict.fault() == null) {
        if (counts(verdict, judge, brief, asked, cancellation)) {
          return Optional.of(verdict);
        }
        asked.add(unproved(verdict.model()));
      }
      refused = asked.getLast().fault();
    }
    return Optional.empty();
  }

  /// Words of the agent prove something only where the goal is about such words.
  private boolean counts(
      Judged verdict, Judge judge, Brief brief, List<Judged> asked, CancellationToken cancellation)
      throws InterruptedException, ExhaustedException {
    var reply =
        new JudgeReply(verdict.ok(), verdict.impossible(), verdict.reason(), verdict.evidence());
    var evidence = new Evidence(brief);
    if (!(reply.ok() || reply.impossible()) || evidence.isProved(reply)) {
      return true;
    }
    for (var what : evidence.scopes(reply)) {
      var scope = recalled(what);
      if (scope == null) {
        refuseIfExhausted();
        scope = (Judged) session.ofGoal(judge.scope(what, brief, cancellation));
      }
      asked.add(scope);
      if (scope.fault() == null && scope.ok()) {
        return true;
      }
    }
    return false;
  }

  /// Not written down: it follows from what is.
  private static Judged unproved(String model) {
    return new Judged(
        Asked.VERDICT, false, false, "", List.of(), Evidence.UNPROVED, model, TokenUsage.NONE, 0L);
  }

  private @Nullable Judged recalled(Asked what) {
    return session.recallOfGate(Judged.class).filter(judged -> judged.asked() == what).orElse(null);
  }

  private void refuseIfExhausted() throws ExhaustedException {
    var whose = bill.exhausted();
    if (!whose.isEmpty()) {
      throw new ExhaustedException("the budget of " + whose + " is used up");
    }
  }

  /// Whether nothing but tests that were changed says that the goal is met. Where nothing was to
  /// run, a change of how the work is built is for the judge to weigh: it may be the work itself.
  private static boolean restsOnChanges(GoalFact.Set goal, Checked checked) {
    if (goal.checks().isEmpty()) {
      return checked.changes().stream().anyMatch(GoalGate::isOfTests);
    }
    return !checked.changes().isEmpty()
        && (checked.originals().isEmpty()
            || checked.originals().stream().anyMatch(result -> !result.passed()));
  }

  private static boolean isOfTests(Change change) {
    return change.kind() == Change.Kind.REMOVED || !TestNames.isBuild(change.path());
  }

  /// Whether the agent was sent back for the same changes before, and has left them as they were.
  private boolean isLeftAsItWas(Checked checked) {
    var last = pursuit.ledger().last();
    return last != null
        && last.reason().startsWith(RESTS_ON_CHANGES)
        && last.changes().equals(checked.changes());
  }

  private boolean accepted(Checked checked, CancellationToken cancellation)
      throws InterruptedException {
    var known = session.recallOfGate(Accepted.class);
    if (known.isPresent()) {
      return known.get().accepted();
    }
    if (isLeftAsItWas(checked)) {
      return false;
    }
    var changes = checked.changes();
    var question =
        new Asker.Question(
            "The goal is met only with changed tests: "
                + VerdictWords.list(changes)
                + ". Does that count?",
            List.of(ACCEPT, "reject"));
    var reply = pursuit.ground().asker().ask(question, cancellation);
    var words = reply instanceof Asker.Reply.Answered(var text) ? text : "nobody was there";
    boolean accepted = reply instanceof Asker.Reply.Answered && words.strip().equals(ACCEPT);
    return ((Accepted) session.ofGoal(new Accepted(accepted, words))).accepted();
  }

  private static String changed(GoalFact.Set goal, Checked checked) {
    var files = VerdictWords.list(checked.changes());
    return goal.checks().isEmpty()
        ? RESTS_ON_CHANGES + "nothing shows that they pass as they were: " + files
        : RESTS_ON_CHANGES
            + "the checks pass only with changed tests ("
            + files
            + "); with the tests as they were: "
            + words(checked.originals().stream().filter(each -> !each.passed()).toList());
  }

  /// Told again each time the agent is sent back, so not at any length.
  private static String words(List<Result> failed) {
    int each = GoalLimits.FAILED_CHARS / Math.max(1, failed.size());
    return failed.stream()
        .map(result ->
            "the check '" + result.check() + "' failed:\n" + Excerpt.of(result.output(), each))
        .collect(Collectors.joining("\n"));
  }

  /// Written down with the counter and with what the agent is told, in one: so either all of it
  /// holds, or nothing.
  private Ruled rule(
      GoalFact.Set goal, Checked checked, State state, String reason, List<Judged> asked)
      throws InterruptedException {
    var known = session.recallOfGate(Ruled.class);
    if (known.isPresent()) {
      return known.get();
    }
    int before = pursuit.ledger().reentries();
    boolean stuck = reason.startsWith(RESTS_ON_CHANGES) && isLeftAsItWas(checked);
    boolean back = state == State.NOT_MET && before < goal.most() && !stuck;
    int reentries = back ? before + 1 : before;
    var usage = asked.stream().map(Judged::usage).reduce(TokenUsage.NONE, TokenUsage::plus);
    return (Ruled)
        session.ofGoal(
            new Ruled(
                state,
                reason,
                evidence(asked),
                !goal.checks().isEmpty(),
                checked.changes(),
                reentries,
                goal.most(),
                back
                    ? Reminder.of(
                        VerdictWords.back(goal, reason, checked.changes(), goal.most() - reentries))
                    : null,
                asked.isEmpty() ? null : asked.getLast().model(),
                usage,
                cost(asked)));
  }

  private static List<String> evidence(List<Judged> asked) {
    return asked.stream()
        .filter(each -> each.asked() == Asked.VERDICT)
        .reduce((_, later) -> later)
        .map(Judged::evidence)
        .orElse(List.of());
  }

  private static @Nullable Long cost(List<Judged> asked) {
    long sum = 0;
    for (var each : asked) {
      if (each.microUsd() == null) {
        return null;
      }
      sum += each.microUsd();
    }
    return sum;
  }
}
