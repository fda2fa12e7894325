package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Runs that wait for the end of a provider's limit (D54, D73).
final class LimitWaitTest extends EngineGround {

  private static final Duration HOUR = Duration.ofHours(1);

  private final LogicalTime time = new LogicalTime();
  private final Instant began = time.instant();
  private final RestWatch watch = new RestWatch();
  private final AtomicBoolean limited = new AtomicBoolean(true);

  /// Agents with "limited" in their label meet a limit as long as there is one.
  private ScriptedActivity agents(@Nullable Instant until) {
    return new ScriptedActivity((request, context) -> {
      if (request.label().contains("limited") && limited.get()) {
        return new ActivityResult.Suspended(
            ParkReason.USAGE_LIMIT, "usage_limit", "Too much.", until);
      }
      context.charge(Map.of("requests", 1L));
      return new ActivityResult.Completed("\"" + request.label() + "\"", "{}");
    });
  }

  private static final Workflow BOTH =
      scope -> {
        scope.schedule(TestBench.agent("limited"));
        scope.schedule(TestBench.agent("other"));
        var seen = new StringBuilder();
        while (scope.openSteps() > 0) {
          for (var delivery : scope.awaitDeliveries()) {
            seen.append(delivery.seq());
            if (delivery.seq() == 2) {
              scope.schedule(TestBench.agent("next"));
            }
          }
        }
        return new WorkflowResult.Finished("\"" + seen + "\"", List.of());
      };

  private RunResult run(ScriptedActivity agents) throws InterruptedException {
    return TestBench.engine(journal, agents, time, Attendance.UNATTENDED)
        .start(TestBench.request(), BOTH, watch)
        .await();
  }

  private RunResult resume(RunId id, ScriptedActivity agents) throws InterruptedException {
    return TestBench.engine(journal, agents, time, Attendance.UNATTENDED)
        .resume(id, TestBench.request(), BOTH, watch)
        .await();
  }

  @Test
  void othersGoOnAndThenTheRunParksUntilTheLimitEndsD54() throws InterruptedException {
    var agents = agents(began.plus(HOUR));

    var parked = run(agents);

    assertEquals(
        new RunResult.Parked(
            parked.id(),
            ParkReason.USAGE_LIMIT,
            "usage_limit",
            "Too much.",
            began.plus(HOUR),
            Map.of("requests", 2L)),
        parked);
    assertEquals(1, agents.runs("next"));
    assertEquals(List.of(), types(parked.id()).stream().filter("step_failed"::equals).toList());
  }

  @Test
  void aResumeStartsTheStepAgainD54() throws InterruptedException {
    var parked = run(agents(began.plus(HOUR)));
    limited.set(false);
    time.put(HOUR);

    var result = resume(parked.id(), agents(null));

    assertEquals("\"231\"", assertInstanceOf(RunResult.Completed.class, result).value());
  }

  @Test
  void aProcessThatStaysTriesAgainAtThatTimeD54() throws InterruptedException {
    var agents = agents(began.plus(HOUR));
    var run =
        TestBench.engine(journal, agents, time, Attendance.WAITING)
            .start(TestBench.request(), BOTH, watch);
    watch.await(1);

    time.pass(HOUR.minusMillis(1));
    int before = agents.runs("limited");
    limited.set(false);
    time.pass(Duration.ofMillis(1));

    assertEquals("\"231\"", assertInstanceOf(RunResult.Completed.class, run.await()).value());
    assertEquals(1, before);
    assertEquals(2, agents.runs("limited"));
  }

  @Test
  void withoutAKnownEndItProbesEveryQuarterOfAnHourD54() throws InterruptedException {
    var parked = run(agents(null));
    time.put(EngineLimits.PROBE_AFTER);
    var again = resume(parked.id(), agents(null));

    assertEquals(
        began.plus(EngineLimits.PROBE_AFTER),
        assertInstanceOf(RunResult.Parked.class, parked).until());
    assertEquals(
        began.plus(EngineLimits.PROBE_AFTER.multipliedBy(2)),
        assertInstanceOf(RunResult.Parked.class, again).until());
  }

  @Test
  void aStepThatSomebodyStopsWaitsNoLongerD46() throws InterruptedException {
    var engine = TestBench.engine(journal, agents(null), time, Attendance.WAITING);
    var run = engine.start(TestBench.request(), BOTH, watch);
    watch.await(1);

    engine.ask(run.id(), new ControlRequest.StopAgent(0, 1), "Ada");

    assertEquals("\"231\"", assertInstanceOf(RunResult.Completed.class, run.await()).value());
  }

  @Test
  void aStepThatIsToBeginAnewDoesSoAtOnceD46() throws InterruptedException {
    var engine = TestBench.engine(journal, agents(null), time, Attendance.WAITING);
    var run = engine.start(TestBench.request(), BOTH, watch);
    watch.await(1);
    limited.set(false);

    engine.ask(run.id(), new ControlRequest.RetryAgent(0, 1), "Ada");

    assertEquals("\"231\"", assertInstanceOf(RunResult.Completed.class, run.await()).value());
  }
}
