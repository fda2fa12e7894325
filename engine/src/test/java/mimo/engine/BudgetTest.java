package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import mimo.engine.Budget.Admission;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What may be spent, and by whom (L93 to L97).
final class BudgetTest {

  private static final String UNIT = "output_tokens";

  private static Budget budget(long total) {
    return new Budget(new BudgetLimit.Total(UNIT, total));
  }

  private static Map<String, Long> tokens(long count) {
    return Map.of(UNIT, count);
  }

  private static Reservation admitted(Budget budget) throws InterruptedException {
    return assertInstanceOf(Admission.Admitted.class, budget.admit(StepKind.AGENT, 0))
        .reservation();
  }

  private static long left(Reservation reservation) {
    return reservation.allowance().of(UNIT).orElseThrow();
  }

  private static void used(Budget budget, long count) throws InterruptedException {
    var reservation = admitted(budget);
    reservation.charge(tokens(count));
    reservation.settle();
  }

  @Test
  void limitsNothingWithoutATotal() throws InterruptedException {
    var budget = new Budget(new BudgetLimit.Unlimited(UNIT));

    var reservation = admitted(budget);
    reservation.charge(tokens(1_000_000));
    reservation.settle();

    assertEquals(Allowance.UNLIMITED, admitted(budget).allowance());
    assertEquals(1_000_000, budget.spent());
  }

  @Test
  void setsATwentiethAsideUntilItKnowsBetterL94() throws InterruptedException {
    var budget = budget(1_000);

    var first = admitted(budget);
    var second = admitted(budget);

    assertEquals(950, left(first));
    second.charge(tokens(30));
    assertEquals(950, left(first));
    second.charge(tokens(30));
    assertEquals(940, left(first));
    assertEquals(890, left(second));
  }

  @Test
  void expectsTheMeanOfWhatStepsUsedL94() throws InterruptedException {
    var budget = budget(1_000);
    used(budget, 100);
    used(budget, 300);

    var third = admitted(budget);
    var fourth = admitted(budget);

    assertEquals(400, left(third));
    assertEquals(400, left(fourth));
    assertEquals(400, budget.spent());
  }

  @Test
  void learnsNothingFromStepsThatNeverWorkedL94() throws InterruptedException {
    var budget = budget(1_000);
    used(budget, 200);

    budget.restore(StepKind.AGENT, 0, Map.of());
    admitted(budget).settle();

    admitted(budget);
    assertEquals(600, left(admitted(budget)));
  }

  @Test
  void waitsWhileOthersMayGiveSomethingBackL94() throws Exception {
    var budget = budget(1_000);
    budget.restore(StepKind.AGENT, 0, tokens(600));
    var running = admitted(budget);
    var waiting = new CompletableFuture<Admission>();
    var thread = Thread.startVirtualThread(() -> waiting.complete(admit(budget)));
    Patience.until(() -> thread.getState() == Thread.State.WAITING);
    assertTrue(!waiting.isDone());

    running.charge(tokens(50));
    running.settle();

    var admission = assertInstanceOf(Admission.Admitted.class, waiting.get());
    assertEquals(350, left(admission.reservation()));
  }

  @Test
  void admitsThoseWhoWaitInTheOrderInWhichTheyCameL94() throws Exception {
    var budget = budget(1_000);
    budget.restore(StepKind.AGENT, 0, tokens(600));
    var running = admitted(budget);
    var order = Collections.synchronizedList(new ArrayList<Integer>());
    var threads = new ArrayList<Thread>();
    for (var number : List.of(1, 2)) {
      var thread =
          Thread.startVirtualThread(() -> {
            var share = ((Admission.Admitted) admit(budget)).reservation();
            order.add(number);
            share.settle();
          });
      Patience.until(() -> thread.getState() == Thread.State.WAITING);
      threads.add(thread);
    }

    running.settle();
    for (var thread : threads) {
      thread.join();
    }

    assertEquals(List.of(1, 2), order);
  }

  @Test
  void countsAFileStepWithoutAShareOfItsOwn() throws InterruptedException {
    var budget = budget(100);
    var file = assertInstanceOf(Admission.Admitted.class, budget.admit(StepKind.FILE, 0));

    file.reservation().charge(tokens(30));
    file.reservation().settle();

    assertEquals(30, budget.spent());
    assertEquals(70, left(admitted(budget)));
  }

  private static Admission admit(Budget budget) {
    try {
      return budget.admit(StepKind.AGENT, 0);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void admitsTheLastOneWithWhatRemainsL94() throws InterruptedException {
    var budget = budget(100);
    budget.restore(StepKind.AGENT, 0, tokens(90));

    var last = admitted(budget);

    assertEquals(10, left(last));
    last.charge(tokens(25));
    assertEquals(0, left(last));
  }

  @Test
  void admitsNobodyOnceAllIsSpentL95() throws InterruptedException {
    var budget = budget(100);
    used(budget, 120);

    assertEquals(
        new Admission.Exhausted("the run", 120, 100, UNIT), budget.admit(StepKind.AGENT, 0));
    assertInstanceOf(Admission.Admitted.class, budget.admit(StepKind.FILE, 0));
  }

  @Test
  void aBudgetOfNothingAdmitsNobody() throws InterruptedException {
    assertEquals(
        new Admission.Exhausted("the run", 0, 0, UNIT), budget(0).admit(StepKind.AGENT, 0));
  }

  @Test
  void countsASettledStepOnce() throws InterruptedException {
    var budget = budget(100);
    var reservation = admitted(budget);
    reservation.charge(Map.of(UNIT, 5L, "calls", 1L));
    reservation.settle();

    reservation.charge(tokens(50));
    reservation.settle();

    assertEquals(5, budget.spent());
    assertEquals(Map.of(UNIT, 5L, "calls", 1L), budget.totals());
  }

  @Test
  void refusesANegativeCharge() {
    var step =
        new Step(
            new RunId("000000000000"),
            1,
            TestBench.agent("a"),
            new Step.Stops(CancellationToken.never(), CancellationToken.never()));

    var refused = assertThrows(IllegalArgumentException.class, () -> step.charge(tokens(-1)));

    assertEquals("charge of -1 output_tokens must not be negative", refused.getMessage());
  }

  @Test
  void fiftyAgentsAtOnceOvershootByAtMostOneCallEachC55() throws InterruptedException {
    var most = new AtomicLong();
    var running = new AtomicLong();
    var agents =
        new ScriptedActivity((_, context) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          while (!context.allowance().isExhausted()) {
            var left = context.allowance().of(UNIT).orElseThrow();
            context.charge(tokens(Math.min(40, left)));
            if (context.seq() % 3 == 0) {
              break;
            }
          }
          running.decrementAndGet();
          return new ActivityResult.Completed("1", "{}");
        });
    var engine = new Engine(TestBench.ports(new InMemoryJournal(), agents, List.of(), 50));
    var request = TestBench.request("{}", new BudgetLimit.Total(UNIT, 5_000));

    var result = engine.start(request, ScriptedWorkflows.fanOut(50), RunListener.none()).await();

    var spent = result.usage().getOrDefault(UNIT, 0L);
    assertTrue(spent <= 5_000 + 40 * most.get(), "spent " + spent + ", running " + most);
  }

  /// Each uses all that it was given, and another request's worth would be too much.
  @Test
  void fiftyAgentsThatClaimFirstNeverOvershootC55() throws InterruptedException {
    var work = new AtomicLong();
    var agents =
        new ScriptedActivity((_, context) -> {
          for (int call = 0; call < 5; call++) {
            long mine = context.claim(tokens(40)).of(UNIT).orElseThrow();
            if (mine == 0) {
              break;
            }
            context.charge(tokens(mine));
            work.incrementAndGet();
          }
          return new ActivityResult.Completed("1", "{}");
        });
    var engine = new Engine(TestBench.ports(new InMemoryJournal(), agents, List.of(), 50));
    var request = TestBench.request("{}", new BudgetLimit.Total(UNIT, 5_000));

    var result = engine.start(request, ScriptedWorkflows.fanOut(50), RunListener.none()).await();

    long spent = result.usage().getOrDefault(UNIT, 0L);
    assertEquals(5_000, spent);
    assertTrue(work.get() >= 5_000 / 40, "requests: " + work);
  }

  @Test
  void aClaimLeavesTheirPartToOthersL95() throws InterruptedException {
    var budget = budget(1_000);
    var one = admitted(budget);
    var other = admitted(budget);

    assertEquals(500, one.claim(Map.of()).of(UNIT).orElseThrow());
    assertEquals(500, other.claim(Map.of()).of(UNIT).orElseThrow());
    assertEquals(20, one.claim(tokens(20)).of(UNIT).orElseThrow());
    one.charge(tokens(20));

    assertEquals(500, other.claim(Map.of()).of(UNIT).orElseThrow());
    assertEquals(480, one.claim(Map.of()).of(UNIT).orElseThrow());
  }

  @Test
  void settlesAStepWithoutRunningItOnceAllIsSpentL95() throws InterruptedException {
    var agents =
        new ScriptedActivity((_, context) -> {
          context.charge(tokens(60));
          return new ActivityResult.Completed("1", "{}");
        });
    var engine = TestBench.engine(new InMemoryJournal(), agents);
    var outcomes = new ArrayList<StepOutcome>();

    engine
        .start(
            TestBench.request("{}", new BudgetLimit.Total(UNIT, 100)),
            scope -> {
              for (var i = 0; i < 3; i++) {
                scope.schedule(TestBench.agent("a" + i));
                scope.awaitDeliveries().forEach(delivery -> outcomes.add(delivery.outcome()));
              }
              return new WorkflowResult.Finished("1", List.of());
            },
            RunListener.none())
        .await();

    assertEquals(2, agents.runs());
    assertEquals(
        new StepOutcome.Failed(
            "budget_exhausted",
            "The budget of the run is spent (120 of 100 output_tokens), so this step did not"
                + " start."),
        outcomes.getLast());
  }

  @Test
  void countsWhatAnEarlierProcessSpentAndNothingTwiceL97() throws InterruptedException {
    var agents =
        new ScriptedActivity((request, context) -> {
          context.charge(tokens(60));
          if (request.label().equals("s1") && context.seq() == 2) {
            throw new InterruptedException();
          }
          return new ActivityResult.Completed("1", "{}");
        });
    var journal = new InMemoryJournal();
    var request = TestBench.request("{}", new BudgetLimit.Total(UNIT, 1_000));
    var first =
        TestBench.engine(journal, agents)
            .start(
                request,
                scope -> {
                  scope.schedule(TestBench.agent("s0"));
                  scope.awaitDeliveries();
                  return new WorkflowResult.Failed(
                      "worker_killed", "", null, WorkflowResult.Resumable.YES, List.of());
                },
                RunListener.none())
            .await();

    var second =
        TestBench.engine(journal, ScriptedActivity.echo())
            .resume(first.id(), request, ScriptedWorkflows.sequential(2), RunListener.none())
            .await();

    assertEquals(tokens(60), first.usage());
    assertEquals(tokens(60), second.usage());
  }
}
