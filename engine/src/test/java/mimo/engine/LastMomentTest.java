package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.Budget.Admission;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ManualTimers;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Runs and steps that take no notice of those who stop them.
final class LastMomentTest extends EngineGround {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CountDownLatch logged = new CountDownLatch(1);

  /// A workflow that is stopped and comes to its own end all the same.
  private Workflow stubborn(WorkflowResult result) {
    return scope -> {
      begun.countDown();
      goOn.await();
      scope.log("still here");
      logged.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        return result;
      }
      throw new AssertionError("nobody stopped it");
    };
  }

  private Run begin(WorkflowResult result) throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var run = engine.start(TestBench.request(), stubborn(result), RunListener.none());
    begun.await();
    return run;
  }

  private static WorkflowResult.Failed failed() {
    return new WorkflowResult.Failed(
        "script_error",
        "Stopped.",
        null,
        WorkflowResult.Resumable.NO,
        List.of(new Loss(4, "d", "", "stopped")));
  }

  @Test
  void noResultCountsThatTheStoreDidNotTakeD42() throws InterruptedException {
    var run = begin(new WorkflowResult.Finished("1", List.of()));

    journal.steal(StreamId.run(run.id()));
    goOn.countDown();

    assertEquals("fenced", assertInstanceOf(RunResult.Interrupted.class, run.await()).code());
    assertEquals(List.of("run_started"), types(run.id()));
  }

  @Test
  void aFaultThatComesFromTheStoppingIsTheStopsD49() throws InterruptedException {
    var run = begin(failed());
    goOn.countDown();
    logged.await();

    run.cancel();

    var end = assertInstanceOf(RunResult.Failed.class, run.await());
    assertEquals("cancelled", end.code());
    assertEquals(failed().losses(), end.losses());
  }

  @Test
  void aFaultThatComesFromABrokenStoreIsTheStoresD42() throws InterruptedException {
    var run = begin(failed());

    journal.steal(StreamId.run(run.id()));
    goOn.countDown();

    assertEquals("fenced", assertInstanceOf(RunResult.Interrupted.class, run.await()).code());
  }

  @Test
  void aRetryThatABodyDoesNotHearCountsOnceItWaitsForALimitD46() throws InterruptedException {
    var tries = new AtomicInteger();
    var agents =
        new ScriptedActivity((_, context) -> {
          if (tries.getAndIncrement() > 0) {
            return new ActivityResult.Completed("\"again\"", "{}");
          }
          var told = new CountDownLatch(1);
          context.cancellation().onCancel(told::countDown);
          begun.countDown();
          told.await();
          return new ActivityResult.Suspended(
              ParkReason.USAGE_LIMIT, "usage_limit", "Too much.", null);
        });
    var engine = TestBench.engine(journal, agents, new LogicalTime(), Attendance.WAITING);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.await();

    engine.ask(run.id(), new ControlRequest.RetryAgent(0, 1), "ada");

    assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(2, tries.get());
  }

  @Test
  void namesADeadlineInTheUnitThatFitsL102() throws InterruptedException {
    var words = Map.of(7_200L, "2 h", 5_400L, "90 min", 90L, "90 s");
    for (var word : words.entrySet()) {
      var timers = new ManualTimers();
      var ports = TestBench.ports(journal, ScriptedActivity.echo(), List.of(), 1);
      var engine =
          new Engine(
              new EnginePorts(
                  ports.journal(),
                  ports.activities(),
                  ports.scheduler(),
                  ports.redaction(),
                  new ManualClock(),
                  new java.util.Random(word.getKey()),
                  timers));
      var usual = TestBench.request();
      var request =
          new RunRequest(
              usual.workflow(),
              usual.scripts(),
              usual.arguments(),
              usual.options(),
              usual.budget(),
              Duration.ofSeconds(word.getKey()));
      var run =
          engine.start(
              request,
              _ -> {
                new CountDownLatch(1).await();
                return new WorkflowResult.Finished("1", List.of());
              },
              RunListener.none());

      timers.fire();

      var end = assertInstanceOf(RunResult.Failed.class, run.await());
      assertEquals("The run did not end within " + word.getValue() + " of work.", end.message());
    }
  }

  @Test
  void refusesABudgetThatNobodyOpenedL96() {
    var budget = new Budget(new BudgetLimit.Unlimited("output_tokens"));

    for (int number : List.of(-1, 1)) {
      var refused =
          assertThrows(IllegalArgumentException.class, () -> budget.admit(StepKind.AGENT, number));
      assertEquals("budget " + number + " is not open; 1 are", refused.getMessage());
    }
  }

  @Test
  void namesTheInnermostOfTheBudgetsThatAreSpentL96() throws InterruptedException {
    var budget = new Budget(new BudgetLimit.Total("output_tokens", 10));
    int part = budget.open(Budget.RUN, "part", new BudgetLimit.Total("output_tokens", 10));
    var step =
        assertInstanceOf(Admission.Admitted.class, budget.admit(StepKind.AGENT, part))
            .reservation();

    step.charge(Map.of("output_tokens", 10L));

    assertEquals(new Allowance(Map.of("output_tokens", 0L), "part"), step.allowance());
  }
}
