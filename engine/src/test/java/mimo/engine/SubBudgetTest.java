package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import mimo.engine.Budget.Admission;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.StepSpent;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Budgets for parts of a run: what a step uses counts against each around it (L96).
final class SubBudgetTest extends EngineGround {

  private static final String TOKENS = "output_tokens";
  private static final String MONEY = "cost_micro_usd";

  private static BudgetLimit.Total tokens(long total) {
    return new BudgetLimit.Total(TOKENS, total);
  }

  private static Reservation admitted(Budget budget, int number) throws InterruptedException {
    return assertInstanceOf(Admission.Admitted.class, budget.admit(StepKind.AGENT, number))
        .reservation();
  }

  private static void used(Budget budget, int number, Map<String, Long> usage)
      throws InterruptedException {
    var reservation = admitted(budget, number);
    reservation.charge(usage);
    reservation.settle();
  }

  @Test
  void chargesAStepToItsBudgetAndAllAroundItL96() throws InterruptedException {
    var budget = new Budget(tokens(1_000));
    int outer = budget.open(Budget.RUN, "outer", tokens(500));
    int inner = budget.open(outer, "inner", tokens(200));

    used(budget, inner, Map.of(TOKENS, 150L));

    assertEquals(50, admitted(budget, inner).allowance().left().get(TOKENS));
    budget = new Budget(tokens(1_000));
    outer = budget.open(Budget.RUN, "outer", tokens(500));
    inner = budget.open(outer, "inner", tokens(200));
    used(budget, inner, Map.of(TOKENS, 150L));
    assertEquals(350, admitted(budget, outer).allowance().left().get(TOKENS));
    assertEquals(150, budget.spent());
  }

  @Test
  void theStrictestLimitHoldsWhicheverItIsL96() throws InterruptedException {
    var budget = new Budget(tokens(100));
    int part = budget.open(Budget.RUN, "part", tokens(1_000));
    used(budget, Budget.RUN, Map.of(TOKENS, 90L));

    var last = admitted(budget, part);

    assertEquals(new Allowance(Map.of(TOKENS, 10L), ""), last.allowance());
    last.charge(Map.of(TOKENS, 10L));
    assertEquals(new Allowance(Map.of(TOKENS, 0L), "the run"), last.allowance());
  }

  @Test
  void aSpentPartStopsItsOwnStepsAndNamesItselfL96() throws InterruptedException {
    var budget = new Budget(tokens(1_000));
    int part = budget.open(Budget.RUN, "phase \"Review\"", tokens(100));
    used(budget, part, Map.of(TOKENS, 120L));

    assertEquals(
        new Admission.Exhausted("phase \"Review\"", 120, 100, TOKENS),
        budget.admit(StepKind.AGENT, part));
    assertEquals(880, admitted(budget, Budget.RUN).allowance().left().get(TOKENS));
  }

  @Test
  void aRunInDollarsMayHoldAPartInTokensAndBothHoldC56() throws InterruptedException {
    var budget = new Budget(new BudgetLimit.Total(MONEY, 1_000));
    int part = budget.open(Budget.RUN, "part", tokens(50));

    var step = admitted(budget, part);
    step.charge(Map.of(TOKENS, 20L, MONEY, 700L));

    assertEquals(new Allowance(Map.of(TOKENS, 30L, MONEY, 300L), ""), step.allowance());
    step.charge(Map.of(TOKENS, 1L, MONEY, 300L));
    assertEquals(new Allowance(Map.of(TOKENS, 29L, MONEY, 0L), "the run"), step.allowance());
  }

  @Test
  void aPartLimitsARunThatHasNoLimitL96() throws InterruptedException {
    var budget = new Budget(new BudgetLimit.Unlimited(TOKENS));
    int part = budget.open(Budget.RUN, "part", new BudgetLimit.Total(MONEY, 10));
    used(budget, part, Map.of(TOKENS, 5L, MONEY, 10L));

    assertInstanceOf(Admission.Exhausted.class, budget.admit(StepKind.AGENT, part));
    assertEquals(Allowance.UNLIMITED, admitted(budget, Budget.RUN).allowance());
    assertEquals(5, budget.spent());
  }

  @Test
  void whoWaitsForAPartKeepsNobodyElseFromStartingL94() throws Exception {
    var budget = new Budget(tokens(10_000));
    budget.restore(StepKind.AGENT, Budget.RUN, Map.of(TOKENS, 80L));
    int part = budget.open(Budget.RUN, "part", tokens(100));
    var running = admitted(budget, part);
    var waiting = new CompletableFuture<Admission>();
    var thread =
        Thread.startVirtualThread(() -> {
          try {
            waiting.complete(budget.admit(StepKind.AGENT, part));
          } catch (InterruptedException e) {
            waiting.completeExceptionally(e);
          }
        });
    Patience.until(() -> thread.getState() == Thread.State.WAITING);

    var elsewhere = admitted(budget, Budget.RUN);

    assertTrue(!waiting.isDone());
    elsewhere.settle();
    running.charge(Map.of(TOKENS, 30L));
    running.settle();
    var late = assertInstanceOf(Admission.Admitted.class, waiting.get()).reservation();
    assertEquals(70, late.allowance().left().get(TOKENS));
  }

  @Test
  void whoStopsWaitingLeavesNothingSetAside() throws Exception {
    var budget = new Budget(tokens(100));
    budget.restore(StepKind.AGENT, Budget.RUN, Map.of(TOKENS, 60L));
    int part = budget.open(Budget.RUN, "part", tokens(100));
    var running = admitted(budget, Budget.RUN);
    var thread =
        Thread.startVirtualThread(() -> {
          assertThrows(InterruptedException.class, () -> budget.admit(StepKind.AGENT, part));
        });
    Patience.until(() -> thread.getState() == Thread.State.WAITING);

    thread.interrupt();
    thread.join();
    running.settle();

    assertEquals(40, admitted(budget, part).allowance().left().get(TOKENS));
  }

  @Test
  void refusesAPartOfNothingKnown() {
    var budget = new Budget(tokens(100));

    var refused =
        assertThrows(IllegalArgumentException.class, () -> budget.open(3, "part", tokens(1)));

    assertEquals("budget 3 is not open; 1 are", refused.getMessage());
  }

  /// Opens a part of 100 tokens, and in it as many agents as it pays for, 30 tokens each; then one
  /// outside of it.
  private static WorkflowResult partly(RunScope scope) throws InterruptedException {
    var seen = new ArrayList<String>();
    int part = scope.openBudget(Budget.RUN, "part", tokens(100));
    for (int i = 0; i < 5; i++) {
      scope.schedule(TestBench.agent("in" + i).withBudget(part));
      scope.awaitDeliveries().forEach(delivery -> seen.add(code(delivery.outcome())));
    }
    scope.schedule(TestBench.agent("out"));
    scope.awaitDeliveries().forEach(delivery -> seen.add(code(delivery.outcome())));
    return new WorkflowResult.Finished("\"" + String.join(" ", seen) + "\"", List.of());
  }

  private static String code(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed _ -> "ok";
      case StepOutcome.Failed(var code, _) -> code;
    };
  }

  private static ScriptedActivity agents() {
    return new ScriptedActivity((_, context) -> {
      context.charge(Map.of(TOKENS, 30L));
      return new ActivityResult.Completed("1", "{}");
    });
  }

  @Test
  void resumesWithWhatEachPartHasSpentAfterACutAtAnyAppendL97() throws InterruptedException {
    for (int cut = 1; cut < 60; cut++) {
      var disk = new InMemoryJournal.Disk();
      RunResult result;
      try {
        result =
            run(TestBench.engine(new InMemoryJournal(disk, cut), agents()), SubBudgetTest::partly);
      } catch (EngineException.StoreFailure beforeTheStart) {
        continue;
      }
      if (!(result instanceof RunResult.Completed)) {
        var rest = new InMemoryJournal(disk, Integer.MAX_VALUE);
        result =
            TestBench.engine(rest, agents())
                .resume(result.id(), TestBench.request(), SubBudgetTest::partly, RunListener.none())
                .await();
      }

      var completed = assertInstanceOf(RunResult.Completed.class, result, "cut " + cut);
      assertTrue(completed.value().endsWith("budget_exhausted ok\""), "cut " + cut);
      // Whatever was cut off is paid for: the part stops once four charges of 30 are written.
      assertEquals(120, chargedToThePart(disk, result.id()), "cut " + cut);
    }
  }

  private static long chargedToThePart(InMemoryJournal.Disk disk, RunId id) {
    var inside = new ArrayList<Integer>();
    long sum = 0;
    for (var record : disk.records(StreamId.run(id))) {
      switch (JournalCodec.decode(record)) {
        case StepScheduled(var seq, var request, _) when request.budget() == 1 -> inside.add(seq);
        case StepSpent(var seq, var usage) when inside.contains(seq) ->
            sum += usage.getOrDefault(TOKENS, 0L);
        case JournalEntry _ -> {}
      }
    }
    return sum;
  }

  @Test
  void aPartOfAContinuedRunHasItsWholeBudgetAndReusedStepsCostItNothingL96D35()
      throws InterruptedException {
    var first =
        assertInstanceOf(
            RunResult.Completed.class,
            run(TestBench.engine(journal, agents()), SubBudgetTest::partly));
    assertEquals("\"ok ok ok ok budget_exhausted ok\"", first.value());
    var again = agents();

    var result =
        TestBench.engine(journal, again)
            .continueRun(first.id(), TestBench.request(), SubBudgetTest::partly, RunListener.none())
            .await();

    assertEquals(1, again.runs(), "only what the part could not pay for");
    var continued = assertInstanceOf(RunResult.Completed.class, result);
    assertEquals("\"ok ok ok ok ok ok\"", continued.value());
    assertEquals(Map.of(TOKENS, 180L), continued.usage());
  }

  @Test
  void tellsOfAPartAsAnEventAndRefusesAnotherOneInItsPlaceD23() throws InterruptedException {
    var engine = TestBench.engine(journal, agents());
    var result = run(engine, SubBudgetTest::partly);

    assertEquals(
        new RunEvent.BudgetOpened(1, 0, "part", tokens(100)), engine.events(result.id()).get(1));
    var copy = journal.disk().copyWithout(StreamId.run(result.id()), "run_ended");
    var again =
        TestBench.engine(new InMemoryJournal(copy, Integer.MAX_VALUE), agents())
            .resume(
                result.id(),
                TestBench.request(),
                scope -> {
                  scope.openBudget(Budget.RUN, "part", tokens(99));
                  return new WorkflowResult.Finished("1", List.of());
                },
                RunListener.none())
            .await();
    var broken = assertInstanceOf(RunResult.Interrupted.class, again);
    assertTrue(
        broken
            .message()
            .contains(
                "the script opens a budget of 99 output_tokens for part, the journal holds a budget"
                    + " of 100 output_tokens for part"),
        broken.message());
  }

  @Test
  void opensNoMoreThanItMay() throws InterruptedException {
    var refusal = new CompletableFuture<String>();

    run(
        TestBench.engine(journal, agents()),
        scope -> {
          for (int i = 0; i < EngineLimits.SUB_BUDGETS; i++) {
            scope.openBudget(Budget.RUN, "part", tokens(1));
          }
          var refused =
              assertThrows(
                  IllegalStateException.class,
                  () -> scope.openBudget(Budget.RUN, "one more", tokens(1)));
          refusal.complete(String.valueOf(refused.getMessage()));
          return new WorkflowResult.Finished("1", List.of());
        });

    assertEquals("a run opens at most 100000 budgets", refusal.join());
  }

  @Test
  void neverSpendsMoreThanOneCallBeyondAnyPartC55() throws InterruptedException {
    for (long seed = 1; seed <= 20; seed++) {
      var random = new Random(seed);
      var total = 200 + random.nextInt(2_000);
      int width = 1 + random.nextInt(12);
      var busy =
          new ScriptedActivity((_, context) -> {
            while (!context.allowance().isExhausted()) {
              context.charge(Map.of(TOKENS, 10L));
            }
            return new ActivityResult.Failed("budget", "spent", "{}");
          });
      var store = new InMemoryJournal();

      var result =
          run(
              TestBench.engine(store, busy),
              scope -> {
                int part = scope.openBudget(Budget.RUN, "part", tokens(total));
                for (int i = 0; i < width; i++) {
                  scope.schedule(TestBench.agent("a" + i).withBudget(part));
                }
                while (scope.openSteps() > 0) {
                  scope.awaitDeliveries();
                }
                return new WorkflowResult.Finished("1", List.of());
              });

      long spent = result.usage().getOrDefault(TOKENS, 0L);
      assertTrue(spent >= total, "seed " + seed + ": stopped early at " + spent + " of " + total);
      assertTrue(spent <= total + 10L * width, "seed " + seed + ": " + spent + " of " + total);
      assertTrue(
          store.disk().records(StreamId.run(result.id())).stream()
              .map(JournalCodec::decode)
              .anyMatch(entry -> entry.type().equals("budget_opened")));
    }
  }
}
