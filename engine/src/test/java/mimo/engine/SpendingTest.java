package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepSpent;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run has used stays known, however often it is cut off (L97).
final class SpendingTest extends EngineGround {

  private static final String UNIT = "output_tokens";

  private static Map<String, Long> tokens(long count) {
    return Map.of(UNIT, count);
  }

  /// Agents that charge several times before they answer.
  private static ScriptedActivity busyAgents() {
    return new ScriptedActivity((request, context) -> {
      var charges = 1 + context.seq() % 3;
      for (var i = 1; i <= charges; i++) {
        context.charge(Map.of(UNIT, 10L * i, "requests", 1L));
      }
      return request.label().startsWith("bad")
          ? new ActivityResult.Failed("refused", "No.", "{}")
          : new ActivityResult.Completed(request.input(), "{}");
    });
  }

  @Test
  void countsEachChargeOnceAfterACutAtAnyAppendL97() throws InterruptedException {
    var workflow = ScriptedWorkflows.mixed(6);

    var cut = 1;
    while (cutAndResume(workflow, List.of(cut))) {
      cut++;
    }

    assertTrue(cut > 30, "only " + cut + " cuts were made");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void countsEachChargeOnceHoweverOftenTheRunIsCutL97(long seed) throws InterruptedException {
    var random = new Random(seed);
    var cuts = random.ints(1 + random.nextInt(8), 1, 12).boxed().toList();

    assertTrue(cutAndResume(ScriptedWorkflows.fanOut(10), cuts), "seed " + seed);
  }

  /// Runs a workflow through power cuts, each so many records after the last, then to its end.
  ///
  /// @return whether the first cut hit
  private static boolean cutAndResume(Workflow workflow, List<Integer> cuts)
      throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    RunResult result = null;
    for (var cut : cuts) {
      result = process(new InMemoryJournal(disk, cut), workflow, result);
    }
    var hit = !(result instanceof RunResult.Completed);
    if (result != null && hit) {
      result = process(new InMemoryJournal(disk, Integer.MAX_VALUE), workflow, result);
    }
    if (result != null) {
      assertCounted(disk, assertInstanceOf(RunResult.Completed.class, result), "cuts " + cuts);
    }
    return hit;
  }

  /// One process: starts the run, or resumes it.
  private static @Nullable RunResult process(
      InMemoryJournal journal, Workflow workflow, @Nullable RunResult before)
      throws InterruptedException {
    if (before instanceof RunResult.Completed) {
      return before;
    }
    try {
      var engine = TestBench.engine(journal, busyAgents());
      var run =
          before == null
              ? engine.start(TestBench.request(), workflow, RunListener.none())
              : engine.resume(before.id(), TestBench.request(), workflow, RunListener.none());
      return run.await();
    } catch (EngineException.StoreFailure powerCut) {
      return before;
    }
  }

  private static void assertCounted(
      InMemoryJournal.Disk disk, RunResult.Completed result, String cuts) {
    var spent = new HashMap<Integer, Map<String, Long>>();
    var all = new TreeMap<String, Long>();
    var lastSeen = 0L;
    var ends = new ArrayList<Integer>();
    for (var record : disk.records(StreamId.run(result.id()))) {
      var entry = JournalCodec.decode(record);
      assertFalse(ends.contains(0), cuts + ": an entry follows the run's end");
      switch (entry) {
        case StepSpent(var seq, var usage) -> {
          assertFalse(ends.contains(seq), cuts + ": step " + seq + " charged after its end");
          add(usage, spent.computeIfAbsent(seq, _ -> new TreeMap<>()));
          add(usage, all);
        }
        case SettledEntry end -> {
          assertEquals(spent.getOrDefault(end.seq(), NOTHING), end.usage(), cuts);
          ends.add(end.seq());
        }
        case Delivered delivered -> lastSeen = delivered.spent();
        case RunEnded ended -> {
          assertEquals(all, ended.usage(), cuts);
          ends.add(0);
        }
        case JournalEntry _ -> {}
      }
    }
    assertEquals(all, result.usage(), cuts);
    assertEquals(all.get(UNIT), lastSeen, cuts);
  }

  private static void add(Map<String, Long> usage, Map<String, Long> sum) {
    usage.forEach((unit, amount) -> sum.merge(unit, amount, Long::sum));
  }

  /// A run of one step whose body charges so much and is then interrupted.
  private RunId interruptedAfterCharging(long amount, RunRequest request)
      throws InterruptedException {
    var charged = new CountDownLatch(1);
    var agents =
        new ScriptedActivity((_, context) -> {
          context.charge(tokens(amount));
          charged.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });
    var run =
        TestBench.engine(journal, agents)
            .start(request, ScriptedWorkflows.sequential(1), RunListener.none());
    charged.await();

    run.interrupt("interrupted", "Ctrl-C");

    assertEquals(
        new RunResult.Interrupted(run.id(), "interrupted", "Ctrl-C", List.of(), tokens(amount)),
        run.await());
    return run.id();
  }

  private RunResult resumed(RunId id, RunRequest request, Activity agents)
      throws InterruptedException {
    return TestBench.engine(journal, agents)
        .resume(id, request, ScriptedWorkflows.sequential(1), RunListener.none())
        .await();
  }

  @Test
  void keepsWhatAnInterruptedStepHasUsedL97() throws InterruptedException {
    var id = interruptedAfterCharging(30, TestBench.request());
    var agents =
        new ScriptedActivity((_, context) -> {
          context.charge(tokens(12));
          return new ActivityResult.Completed("1", "{}");
        });

    var result = resumed(id, TestBench.request(), agents);

    assertEquals(tokens(42), result.usage());
    assertEquals(
        List.of(
            new StepSpent(1, tokens(30)),
            new StepSpent(1, tokens(12)),
            new StepCompleted(1, "1", tokens(42), "{}"),
            new Delivered(List.of(1), new ManualClock().instant(), 42)),
        entries(id).stream()
            .filter(entry ->
                entry instanceof StepSpent
                    || entry instanceof SettledEntry
                    || entry instanceof Delivered)
            .toList());
  }

  @Test
  void allowsAResumedStepOnlyWhatItsEarlierAttemptLeftL97() throws InterruptedException {
    var request = TestBench.request("{}", new BudgetLimit.Total(UNIT, 100));
    var id = interruptedAfterCharging(70, request);
    var allowances = new ArrayList<Long>();
    var agents =
        new ScriptedActivity((_, context) -> {
          allowances.add(context.allowance().of(UNIT).orElseThrow());
          return new ActivityResult.Completed("1", "{}");
        });

    var result = resumed(id, request, agents);

    assertEquals(List.of(30L), allowances);
    assertEquals(tokens(70), result.usage());
  }

  @Test
  void startsNoSecondAttemptOnceTheFirstUsedTheBudgetUpL95() throws InterruptedException {
    var request = TestBench.request("{}", new BudgetLimit.Total(UNIT, 100));
    var id = interruptedAfterCharging(120, request);
    var agents = ScriptedActivity.echo();

    var result = resumed(id, request, agents);

    assertEquals(0, agents.runs());
    assertEquals(tokens(120), result.usage());
    assertTrue(
        entries(id)
            .contains(
                new StepFailed(
                    1,
                    "budget_exhausted",
                    "The budget of the run is spent (120 of 100 output_tokens), so this step"
                        + " did not start.",
                    tokens(120),
                    "{}")));
  }

  @Test
  void countsWhatAnAbandonedStepHasUsedL97() throws InterruptedException {
    var charged = new CountDownLatch(1);
    var agents =
        new ScriptedActivity((_, context) -> {
          context.charge(tokens(9));
          charged.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });

    var result =
        run(
            TestBench.engine(journal, agents),
            scope -> {
              scope.schedule(TestBench.agent("a"));
              charged.await();
              return new WorkflowResult.Finished("1", List.of());
            });

    assertEquals(tokens(9), result.usage());
    assertEquals(
        List.of("run_started", "step_scheduled", "step_spent", "run_ended"), types(result.id()));
  }

  @Test
  void writesNoEntryForAChargeOfNothing() throws InterruptedException {
    var agents =
        new ScriptedActivity((request, context) -> {
          context.charge(Map.of());
          return new ActivityResult.Completed(request.input(), "{}");
        });

    var result = run(TestBench.engine(journal, agents), ScriptedWorkflows.sequential(1));

    assertFalse(types(result.id()).contains("step_spent"));
  }
}
