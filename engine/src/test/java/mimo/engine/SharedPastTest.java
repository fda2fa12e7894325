package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.JournalEntry.TimerSet;
import mimo.engine.journal.SessionEntry;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.Verdict;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What a run makes of steps that others asked for before it (D35, D38, L97).
final class SharedPastTest extends EngineGround {

  private static final String TOKENS = "output_tokens";
  private static final BudgetLimit.Total PART = new BudgetLimit.Total(TOKENS, 100);

  private final LogicalTime time = new LogicalTime();

  private Activity now = this::answer;

  private final ScriptedActivity agents =
      new ScriptedActivity((request, context) -> now.perform(request, context));

  /// One engine for all runs of a test: it draws each of them an id of its own.
  private final Engine engine = TestBench.engine(journal, agents, time, Attendance.UNATTENDED);

  /// Writes down which attempt it is, and answers.
  private ActivityResult answer(ActivityRequest request, ActivityContext context) {
    context.session().append("note", "\"" + context.run() + " " + context.restarts() + "\"");
    return new ActivityResult.Completed("\"" + request.label() + "\"", "{}");
  }

  private RunResult fork(RunId source, int step, Workflow workflow) throws InterruptedException {
    var cut = new ForkPoint(source, step, RunOrigin.Later.FORGOTTEN);
    return engine.fork(cut, TestBench.request(), workflow, RunListener.none()).await();
  }

  private RunResult goOn(RunId id, Workflow workflow) throws InterruptedException {
    return engine.continueRun(id, TestBench.request(), workflow, RunListener.none()).await();
  }

  private RunResult resume(RunId id, Workflow workflow) throws InterruptedException {
    return engine.resume(id, TestBench.request(), workflow, RunListener.none()).await();
  }

  /// Asks one after the other.
  private static Workflow asking(ActivityRequest... requests) {
    return scope -> {
      for (var request : requests) {
        scope.schedule(request);
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  /// Asks for all of them at once, and waits for all.
  private static Workflow together(ActivityRequest... requests) {
    return scope -> {
      for (var request : requests) {
        scope.schedule(request);
      }
      while (scope.openSteps() > 0) {
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  /// The same, but cut off when all have ended and nobody has heard of it.
  private RunId endedUnseen(ActivityRequest... requests) throws InterruptedException {
    return run(
            engine,
            scope -> {
              for (var request : requests) {
                scope.schedule(request);
              }
              Patience.until(() -> ends(scope.id()) >= requests.length);
              throw new InterruptedException("stopped here");
            })
        .id();
  }

  private long ends(RunId id) {
    return types(id).stream().filter("step_completed"::equals).count();
  }

  private List<String> said(RunId id, int seq) {
    return engine.session(id, seq).stream().map(SessionEntry::json).toList();
  }

  @Test
  void aForkLetsAStepBeginAnewWhereItsSourceDidSoD38D46() throws InterruptedException {
    var both = new ActivityRequest[] {TestBench.agent("a"), TestBench.agent("b")};
    var source = endedUnseen(both);
    engine.ask(source, new ControlRequest.RetryAgent(0, 1), "ada");
    engine.ask(source, new ControlRequest.RetryAgent(0, 2), "ada");

    var fork = fork(source, 2, together(both));

    assertInstanceOf(RunResult.Completed.class, fork);
    assertEquals(List.of(2, 2), List.of(agents.runs("a"), agents.runs("b")));
    assertEquals(List.of("\"" + fork.id() + " 1\""), said(fork.id(), 1));
    assertEquals(
        List.of("\"" + fork.id() + " 0\""),
        said(fork.id(), 2),
        "what became of it behind the cut is not the fork's");
  }

  @Test
  void aForkKeepsASessionOfASecondAttemptThatItsSourceEndedD38D46() throws InterruptedException {
    var both = new ActivityRequest[] {TestBench.agent("a"), TestBench.agent("b")};
    var source = endedUnseen(both);
    engine.ask(source, new ControlRequest.RetryAgent(0, 1), "ada");
    assertInstanceOf(RunResult.Completed.class, resume(source, together(both)));

    var fork = fork(source, 2, together(both));

    assertEquals(List.of("\"" + source + " 1\""), said(source, 1));
    assertEquals(said(source, 1), said(fork.id(), 1));
  }

  @Test
  void aReusedStepThatBeginsAnewHasASessionOfItsOwnD35D46() throws InterruptedException {
    var a = TestBench.agent("a");
    var id = endedUnseen(a);
    goOn(
        id,
        scope -> {
          scope.schedule(a);
          Patience.until(() -> ends(id) >= 2);
          throw new InterruptedException("stopped here");
        });
    var reused = said(id, 1);
    engine.ask(id, new ControlRequest.RetryAgent(1, 1), "ada");

    assertInstanceOf(RunResult.Completed.class, resume(id, asking(a)));

    assertEquals(List.of("\"" + id + " 0\""), reused);
    assertEquals(2, agents.runs("a"));
    // It was reused, and ran after all: the report tells the latter (D36).
    assertEquals(
        List.of(new Verdict.Miss(Verdict.Reason.UNFINISHED, null)),
        ReuseReport.of(engine.lineage(id)).lines().stream()
            .map(ReuseReport.Line::verdict)
            .toList());
    assertEquals(List.of("\"" + id + " 1\""), said(id, 1));
  }

  @Test
  void aForkOfAForkFindsASessionWhereItsStepRanD38() throws InterruptedException {
    var workflow = asking(TestBench.agent("a"), TestBench.agent("b"), TestBench.agent("c"));
    var source = run(engine, workflow).id();
    var first = fork(source, 2, workflow).id();

    var second = fork(first, 3, workflow).id();

    assertEquals(List.of("\"" + source + " 0\""), said(second, 1));
    assertEquals(List.of("\"" + first + " 0\""), said(second, 2));
    assertEquals(List.of("\"" + second + " 0\""), said(second, 3));
  }

  @Test
  void aForkWaitsAnewForAMomentThatItsSourceWaitedForD38D51() throws InterruptedException {
    var hour = Duration.ofHours(1);
    var both = together(TestBench.timer(hour), TestBench.agent("a"));
    var source = assertInstanceOf(RunResult.Parked.class, run(engine, both));
    time.put(Duration.ofMinutes(30));

    var fork = assertInstanceOf(RunResult.Parked.class, fork(source.id(), 2, both));

    assertEquals(time.instant().plus(hour), fork.until());
    assertEquals(
        List.of(new TimerSet(1, time.instant().plus(hour))),
        entries(fork.id()).stream().filter(TimerSet.class::isInstance).toList());
  }

  private static ActivityRequest keyed(StepKind kind, String key, String prompt) {
    var input = "{\"prompt\":\"" + prompt + "\"}";
    return new ActivityRequest(kind, ContentKeys.of("[\"" + key + "\"]"), "", input, "a", "", null);
  }

  @Test
  void otherOptionsOfAForkCountFromTheCutOnD38() throws InterruptedException {
    var then = keyed(StepKind.AGENT, "old model", "look");
    var next = TestBench.agent("b");
    var source = run(engine, asking(then, next)).id();

    var other = fork(source, 2, asking(keyed(StepKind.AGENT, "new model", "look"), next));
    var changed = fork(source, 2, asking(keyed(StepKind.AGENT, "new model", "peek"), next));
    var continued = fork(source, 2, asking(keyed(StepKind.CONTINUE, "old model", "look"), next));
    var logged =
        fork(
            source,
            2,
            scope -> {
              scope.log("before all");
              return asking(then, next).execute(scope);
            });

    assertInstanceOf(RunResult.Completed.class, other);
    assertEquals(1, agents.runs("a"), "what is shared is not asked again");
    for (var left : List.of(changed, continued, logged)) {
      assertEquals(
          "determinism_violation", assertInstanceOf(RunResult.Interrupted.class, left).code());
    }
  }

  /// Opens a part and asks for two in it, then for a third.
  private static Workflow partly(ActivityRequest third) {
    return scope -> {
      int part = scope.openBudget(Budget.RUN, "part", PART);
      scope.schedule(TestBench.agent("slow").withBudget(part));
      scope.schedule(TestBench.agent("quick"));
      scope.awaitDeliveries();
      scope.schedule(third.withBudget(part));
      if (third.label().equals("stop")) {
        throw new InterruptedException("stopped here");
      }
      while (scope.openSteps() > 0) {
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  private static ActivityResult charge(ActivityContext context, long amount) {
    context.charge(Map.of(TOKENS, amount));
    return new ActivityResult.Completed("1", "{}");
  }

  private static ActivityResult hang() throws InterruptedException {
    new CountDownLatch(1).await();
    return new ActivityResult.Cancelled();
  }

  @Test
  void aPartPaysInAForkForWhatItsSourceHadOnlyAskedForL96L97() throws InterruptedException {
    now = (request, context) -> request.label().equals("quick") ? charge(context, 7) : hang();
    var source = run(engine, partly(TestBench.agent("stop"))).id();
    var left = new ArrayList<Long>();
    var settled = new CountDownLatch(1);
    now =
        (request, context) -> {
          if (request.label().equals("slow")) {
            return charge(context, 90);
          }
          settled.countDown();
          return hang();
        };
    var cut = new ForkPoint(source, 3, RunOrigin.Later.FORGOTTEN);
    var run =
        engine.fork(cut, TestBench.request(), partly(TestBench.agent("last")), RunListener.none());
    settled.await();
    Patience.until(() -> ends(run.id()) >= 1);
    run.interrupt("interrupted", "Ctrl-C");
    run.await();
    now =
        (_, context) -> {
          left.add(context.allowance().of(TOKENS).orElseThrow());
          return charge(context, 5);
        };

    var result = resume(run.id(), partly(TestBench.agent("last")));

    assertEquals(List.of(10L), left);
    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals(Map.of(TOKENS, 95L), result.usage(), "what the source spent is its own");
  }

  @Test
  void aContinuedRunOpensItsPartsAnewAndPaysForAllItSpentL96L97() throws InterruptedException {
    now = (_, context) -> charge(context, 30);
    var id = run(engine, inAPart("a")).id();
    var left = new ArrayList<Long>();
    now =
        (_, context) -> {
          left.add(context.allowance().of(TOKENS).orElseThrow());
          return charge(context, 30);
        };

    var result = goOn(id, inAPart("b"));

    assertEquals(List.of(100L), left);
    assertEquals(Map.of(TOKENS, 60L), result.usage());
  }

  private static Workflow inAPart(String prompt) {
    return scope -> {
      int part = scope.openBudget(Budget.RUN, "part", PART);
      scope.schedule(TestBench.agent(prompt).withBudget(part));
      scope.awaitDeliveries();
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  @Test
  void aWorkflowCanHearThatItsRunIsStopped() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var heard = new CountDownLatch(1);
    var run =
        engine.start(
            TestBench.request(),
            scope -> {
              scope.cancellation().onCancel(heard::countDown);
              begun.countDown();
              heard.await();
              throw new InterruptedException("heard");
            },
            RunListener.none());
    begun.await();

    run.interrupt("interrupted", "Ctrl-C");

    heard.await();
    assertInstanceOf(RunResult.Interrupted.class, run.await());
  }
}
