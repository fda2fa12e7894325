package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.RecordedStep;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.ReuseReport.Line;
import mimo.engine.reuse.Verdict;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What taking a run up would replay and what it would run, before anything is spent (D37).
final class PlanTest extends EngineGround {

  private static final Verdict UNFINISHED = new Verdict.Miss(Verdict.Reason.UNFINISHED, null);
  private static final Verdict FILE_LIVE = new Verdict.Miss(Verdict.Reason.FILE_LIVE, null);

  private final LogicalTime time = new LogicalTime();

  /// What looking at the world tells.
  private Activity world = (_, _) -> new ActivityResult.Completed("\"text\"", "{}");

  /// Agents use ten tokens each; looks cost nothing.
  private final ScriptedActivity agents =
      new ScriptedActivity((request, context) -> {
        if (!request.kind().isAgent()) {
          return world.perform(request, context);
        }
        context.charge(Map.of("output_tokens", 10L));
        return new ActivityResult.Completed("\"" + request.label() + "\"", "{}");
      });

  private final Engine engine = TestBench.engine(journal, agents, time, Attendance.UNATTENDED);

  private static Verdict same(int seq) {
    return new Verdict.Hit(new StepRef(0, seq), Reused.Match.SAME);
  }

  private static List<Verdict> verdicts(ReusePlan plan) {
    return plan.lines().stream().map(Line::verdict).toList();
  }

  private static Map<String, ReusePlan.Range> tokens(long least, long most) {
    return Map.of("output_tokens", new ReusePlan.Range(least, most));
  }

  private ReusePlan plan(RunId id, Workflow workflow) {
    return engine.plan(id, TestBench.request(), workflow);
  }

  /// Agents at the top of a workflow, one after the other.
  private static Workflow chain(String... prompts) {
    return scope -> {
      for (var prompt : prompts) {
        scope.schedule(TestBench.agent(prompt));
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  /// The same, and stopped after that.
  private static Workflow cutOff(String... prompts) {
    return scope -> {
      chain(prompts).execute(scope);
      throw new InterruptedException("stopped here");
    };
  }

  /// Reads something, and hands what it was told to an agent.
  private static Workflow reading(StepKind kind, List<Delivery> seen) {
    return scope -> {
      scope.schedule(EditedWorkflow.request(kind, "", "readFile a"));
      var delivery = scope.awaitDeliveries().getFirst();
      seen.add(delivery);
      scope.schedule(TestBench.agent("say " + told(delivery.outcome())));
      scope.awaitDeliveries();
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  private static String told(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed(var value) -> value.replace("\"", "");
      case StepOutcome.Failed(var code, var message) -> code + ": " + message;
    };
  }

  @Test
  void anExactResumeReplaysWhatHasEndedAndRunsTheRestD37() throws InterruptedException {
    var id =
        run(
                engine,
                scope -> {
                  chain("a", "b").execute(scope);
                  scope.schedule(TestBench.timer(Duration.ofHours(1)));
                  scope.awaitDeliveries();
                  return new WorkflowResult.Finished("1", List.of());
                })
            .id();
    var before = entries(id);
    int asked = agents.runs();

    var plan = engine.plan(id, TestBench.request());

    assertEquals(List.of(same(1), same(2), UNFINISHED), verdicts(plan));
    assertEquals(plan.lines().subList(0, 2), plan.replayed());
    assertEquals(plan.lines().subList(2, 3), plan.running());
    assertEquals(List.of(), plan.unreachable());
    assertEquals(new ReusePlan.Reach(false, false), plan.reach());
    assertEquals(tokens(0, 0), plan.usage(), "a timer uses nothing");
    assertEquals(before, entries(id), "a plan writes nothing");
    assertEquals(asked, agents.runs(), "and asks nobody");
  }

  @Test
  void anExactResumeRunsAgainWhatSomebodyWantedToBeginAnewD37D46() throws InterruptedException {
    var id = endedUnseen();

    var before = engine.plan(id, TestBench.request());
    engine.ask(id, new ControlRequest.RetryAgent(0, 1), "ada");
    var after = engine.plan(id, TestBench.request());

    assertEquals(List.of(same(1)), verdicts(before));
    assertEquals(List.of(UNFINISHED), verdicts(after));
    assertEquals(tokens(10, 10), after.usage());
  }

  /// A run that was cut off between the end of its only step and the moment where its workflow
  /// would have heard of it.
  private RunId endedUnseen() throws InterruptedException {
    var run =
        engine.start(
            TestBench.request(),
            scope -> {
              scope.schedule(TestBench.agent("a"));
              Patience.until(() -> types(scope.id()).contains("step_completed"));
              throw new InterruptedException("stopped here");
            },
            RunListener.none());
    return run.await().id();
  }

  @Test
  void whatEndedUnseenIsReplayedAtTheEndOfTheRecordD37() throws InterruptedException {
    var plan = plan(endedUnseen(), chain("a"));

    assertEquals(List.of(same(1)), verdicts(plan));
    assertEquals(new ReusePlan.Reach(true, false), plan.reach());
    assertEquals(tokens(0, 0), plan.usage());
  }

  @Test
  void saysThatSomebodyWorksOnTheRunNow() throws InterruptedException {
    var id = run(engine, cutOff("a")).id();

    try (var _ = journal.acquire(StreamId.run(id))) {
      assertEquals(new ReusePlan.Reach(false, true), plan(id, chain("a", "b")).reach());
      assertEquals(new ReusePlan.Reach(false, true), engine.plan(id, TestBench.request()).reach());
    }
  }

  @Test
  void holdsTheRunAtItsFirstMissAndCountsWhatMayComeBehindItD37() throws InterruptedException {
    var id = run(engine, chain("a", "b", "c")).id();

    var plan = plan(id, chain("a", "b, but short", "c"));

    assertEquals(2, plan.lines().size());
    assertEquals(plan.lines().subList(0, 1), plan.replayed());
    assertEquals(plan.lines().subList(1, 2), plan.running());
    assertEquals(
        List.of("c"), plan.unreachable().stream().map(step -> step.request().label()).toList());
    assertEquals(new ReusePlan.Reach(false, false), plan.reach());
    assertEquals(tokens(10, 20), plan.usage());
  }

  @Test
  void expectsAnEditedItemToTakeAsManyAgentsAsTheLongestD37() throws InterruptedException {
    var id = run(engine, new EditedWorkflow(List.of("a", "b", "c"), 2)).id();

    var edited = plan(id, new EditedWorkflow(List.of("a", "new", "c"), 2));
    var removed = plan(id, new EditedWorkflow(List.of("a", "b"), 2));
    var both = plan(id, new EditedWorkflow(List.of("new", "b"), 2));

    assertEquals(tokens(10, 20), edited.usage(), "what the item asked before is among them");
    assertEquals(1, edited.unreachable().size());
    assertEquals(tokens(0, 0), removed.usage(), "nothing can come after the end");
    assertEquals(2, removed.unreachable().size());
    assertTrue(removed.reach().whole());
    assertEquals(tokens(10, 40), both.usage(), "a removed item may still be asked for");
  }

  @Test
  void aRunThatUsedNothingSaysNothingAboutWhatTheRestMayUse() throws InterruptedException {
    var id =
        run(
                engine,
                scope -> {
                  scope.schedule(TestBench.timer(Duration.ofHours(1)));
                  scope.awaitDeliveries();
                  return new WorkflowResult.Finished("1", List.of());
                })
            .id();

    var plan = plan(id, chain("a"));

    assertEquals(Map.of(), plan.usage());
  }

  @Test
  void looksAtTheWorldToReachWhatLiesBehindD37() throws InterruptedException {
    for (var kind : List.of(StepKind.FILE, StepKind.WORKFLOW)) {
      world = (_, _) -> new ActivityResult.Completed("\"text\"", "{}");
      var id = run(engine, reading(kind, new ArrayList<>())).id();
      int asked = agents.runs("say text");

      var same = plan(id, reading(kind, new ArrayList<>()));
      world = (_, _) -> new ActivityResult.Completed("\"other text\"", "{}");
      var other = plan(id, reading(kind, new ArrayList<>()));

      assertEquals(List.of(FILE_LIVE, same(2)), verdicts(same));
      assertTrue(same.reach().whole());
      assertEquals(List.of(), same.running(), "a look is no work");
      assertEquals(FILE_LIVE, verdicts(other).getFirst());
      assertEquals(
          Verdict.Reason.CHANGED,
          assertInstanceOf(Verdict.Miss.class, verdicts(other).getLast()).reason());
      assertFalse(other.reach().whole());
      assertEquals(asked, agents.runs("say text"), "nobody was asked");
    }
  }

  @Test
  void goesOnWithALookThatFailsAsARunWouldD37() throws InterruptedException {
    var id = run(engine, reading(StepKind.FILE, new ArrayList<>())).id();

    assertEquals(
        new StepOutcome.Failed("not_found", "No such file."),
        looked(id, (_, _) -> new ActivityResult.Failed("not_found", "No such file.", "{}")));
    assertEquals(
        new StepOutcome.Failed("provider_access", "No key."),
        looked(
            id,
            (_, _) ->
                new ActivityResult.Suspended(ParkReason.PROVIDER, "provider_access", "No key.")));
    assertEquals(
        new StepOutcome.Failed("cancelled", "stopped"),
        looked(id, (_, _) -> new ActivityResult.Cancelled()));
  }

  private StepOutcome looked(RunId id, Activity now) {
    world = now;
    var seen = new ArrayList<Delivery>();
    plan(id, reading(StepKind.FILE, seen));
    return seen.getFirst().outcome();
  }

  @Test
  void whoInterruptsAPlanIsHeard() throws InterruptedException {
    var id = run(engine, reading(StepKind.FILE, new ArrayList<>())).id();

    var outcome =
        looked(
            id,
            (_, _) -> {
              throw new InterruptedException("Ctrl-C");
            });

    assertTrue(Thread.interrupted());
    assertEquals(new StepOutcome.Failed("cancelled", "stopped"), outcome);
  }

  @Test
  void aLookThatNobodyPerformsFailsInAPlanToo() throws InterruptedException {
    var id = run(engine, reading(StepKind.FILE, new ArrayList<>())).id();
    var ports = TestBench.ports(journal, agents, List.of(), 1);
    var blind =
        new Engine(
            new EnginePorts(
                ports.journal(),
                Map.of(StepKind.AGENT, agents),
                ports.scheduler(),
                ports.redaction(),
                ports.clock(),
                ports.random()));
    var seen = new ArrayList<Delivery>();

    blind.plan(id, TestBench.request(), reading(StepKind.FILE, seen));

    assertEquals(
        new StepOutcome.Failed("not_available", "No activity performs this kind of step."),
        seen.getFirst().outcome());
  }

  @Test
  void aLookOfAPlanHasNoRunToWorkForD37() throws InterruptedException {
    var id = run(engine, reading(StepKind.FILE, new ArrayList<>())).id();
    var before = entries(id);

    var outcome =
        looked(
            id,
            (_, context) -> {
              assertThrows(IllegalStateException.class, context::run);
              assertThrows(
                  IllegalStateException.class, () -> context.charge(Map.of("output_tokens", 1L)));
              assertEquals(Optional.empty(), context.memo(1));
              assertEquals(Allowance.UNLIMITED, context.allowance());
              assertFalse(context.cancellation().isCancelled());
              context.session().append("note", "\"kept nowhere\"");
              assertEquals(List.of(), context.session().recorded());
              return new ActivityResult.Completed("" + context.seq(), "{}");
            });

    assertEquals(new StepOutcome.Completed("1"), outcome);
    assertEquals(before, entries(id));
    assertEquals(List.of(), engine.session(id, 1));
  }

  @Test
  void aNewLookIsOfNowAndTheClockNeverGoesBackD33() throws InterruptedException {
    var id = run(engine, chain("a")).id();
    var recorded = time.instant();

    time.put(Duration.ofDays(1));
    var later = clockOfANewLook(id);
    time.put(Duration.ofDays(-2));
    var earlier = clockOfANewLook(id);

    assertEquals(recorded.plus(Duration.ofDays(1)), later);
    assertEquals(recorded, earlier);
  }

  private Instant clockOfANewLook(RunId id) {
    var seen = new ArrayList<Delivery>();
    plan(
        id,
        scope -> {
          chain("a").execute(scope);
          return reading(StepKind.FILE, seen).execute(scope);
        });
    return seen.getFirst().clock();
  }

  /// Puts all it is told into what it asks.
  private static Workflow curious() {
    return scope -> {
      scope.enterPhase("ask");
      scope.log("about to ask");
      int first = scope.openBudget(Budget.RUN, "one", new BudgetLimit.Total("output_tokens", 50));
      int next = scope.openBudget(first, "two", new BudgetLimit.Total("output_tokens", 20));
      var known =
          List.of(scope.id(), scope.seed(), scope.startedAt(), first, next, scope.openSteps());
      scope.schedule(TestBench.agent("" + known).withBudget(next));
      scope.schedule(TestBench.agent(scope.openSteps() + " " + scope.arguments().length()));
      assertFalse(scope.cancellation().isCancelled());
      int delivered = 0;
      while (delivered < 2) {
        delivered += scope.awaitDeliveries().size();
      }
      scope.abandon(1);
      scope.schedule(TestBench.agent("left " + scope.openSteps()));
      scope.awaitDeliveries();
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  @Test
  void aWorkflowIsToldTheSameByAPlanAsByItsRunD37() throws InterruptedException {
    var id = run(engine, curious()).id();

    var plan = plan(id, curious());

    assertEquals(List.of(same(1), same(2), same(3)), verdicts(plan));
    assertTrue(plan.reach().whole());
  }

  @Test
  void anUnreachedTimerUsesNothingD37() throws InterruptedException {
    Workflow workflow =
        scope -> {
          scope.schedule(TestBench.agent("a"));
          scope.awaitDeliveries();
          scope.schedule(TestBench.timer(Duration.ZERO));
          scope.awaitDeliveries();
          return new WorkflowResult.Finished("1", List.of());
        };
    var patient = TestBench.engine(journal, agents, time, Attendance.WAITING);
    var id = run(patient, workflow).id();

    var plan = plan(id, chain("a, but other"));

    assertEquals(
        List.of(StepKind.TIMER),
        plan.unreachable().stream().map(RecordedStep::request).map(ActivityRequest::kind).toList());
    assertEquals(tokens(10, 10), plan.usage());
  }
}
