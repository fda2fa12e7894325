package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.JournalEntry.RunResumed;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ManualTimers;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// The time a run may take (L102).
final class DeadlineTest extends EngineGround {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final ManualTimers timers = new ManualTimers();
  private final ManualClock clock = new ManualClock();

  private Engine engine(Activity agents) {
    var ports = TestBench.ports(journal, agents, List.of(), 4);
    return new Engine(
        new EnginePorts(
            ports.journal(),
            ports.activities(),
            ports.scheduler(),
            ports.redaction(),
            clock,
            ports.random(),
            timers));
  }

  private static RunRequest within(Duration deadline) {
    var usual = TestBench.request();
    return new RunRequest(
        usual.workflow(),
        usual.scripts(),
        usual.arguments(),
        usual.options(),
        usual.budget(),
        deadline);
  }

  @Test
  void failsARunThatIsOverdueAndNothingInItCanCatchThatL102L119() throws InterruptedException {
    var works = new CountDownLatch(1);
    var agents =
        new ScriptedActivity((_, _) -> {
          works.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });
    var run =
        engine(agents)
            .start(
                within(Duration.ofMinutes(90)),
                ScriptedWorkflows.sequential(1),
                RunListener.none());
    works.await();

    assertEquals(List.of(Duration.ofMinutes(90)), timers.delays());
    timers.fire();

    var failed = assertInstanceOf(RunResult.Failed.class, run.await());
    assertEquals("deadline", failed.code());
    assertEquals("The run did not end within 90 min of work.", failed.message());
    assertEquals(List.of("run_started", "step_scheduled", "run_ended"), types(run.id()));
  }

  @Test
  void aRunThatEndsInTimeLeavesNoTimerBehind() throws InterruptedException {
    var result =
        engine(ScriptedActivity.echo())
            .start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none())
            .await();

    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals(List.of(), timers.delays());
  }

  @Test
  void goesOnCountingWhereAnEarlierProcessStoppedL102() throws InterruptedException {
    var request = within(Duration.ofHours(12));
    var first =
        engine(ScriptedActivity.echo())
            .start(
                request,
                scope -> {
                  scope.schedule(TestBench.agent("s0"));
                  clock.advance(Duration.ofHours(5));
                  scope.awaitDeliveries();
                  return new WorkflowResult.Failed(
                      "worker_killed", "", null, WorkflowResult.Resumable.YES, List.of());
                },
                RunListener.none())
            .await();
    clock.advance(Duration.ofDays(3));
    var seen = new CountDownLatch(1);
    var agents =
        new ScriptedActivity((_, _) -> {
          seen.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });

    var second =
        engine(agents)
            .resume(first.id(), request, ScriptedWorkflows.sequential(2), RunListener.none());
    seen.await();

    assertEquals(List.of(Duration.ofHours(7)), timers.delays());
    timers.fire();
    assertEquals("deadline", assertInstanceOf(RunResult.Failed.class, second.await()).code());
  }

  @Test
  void countsOnlyTheTimeInWhichAProcessHadTheRunL102() {
    var entries =
        Stream.<JournalEntry>of(
            new RunStarted(TestBench.request(), "5eed", "00ff", Engine.VERSION, 1, 0, NOON),
            new LogWritten("no time of its own"),
            new Delivered(List.of(1), NOON.plusSeconds(60), 0),
            new RunParked(ParkReason.PROVIDER, "no_key", "a", null, NOON.plusSeconds(100)),
            new RunResumed(NOON.plusSeconds(10_000), 0),
            new Delivered(List.of(2), NOON.plusSeconds(10_005), 0),
            new RunResumed(NOON.plusSeconds(20_000), 0));

    assertEquals(
        Duration.ofSeconds(105),
        WorkedTime.of(entries.map(entry -> new WrittenEntry(entry, null)).toList()));
  }

  @Test
  void countsWhatWasWorkedBetweenTheLastDeliveryAndAKillL102() {
    var used = Map.of("output_tokens", 1L);
    var entries =
        List.of(
            at(0, new RunStarted(TestBench.request(), "", "", Engine.VERSION, 1, 0, NOON)),
            at(60, new Delivered(List.of(1), NOON.plusSeconds(60), 0)),
            at(4_000, new JournalEntry.StepSpent(2, used)),
            at(9_000, new JournalEntry.ControlApplied(1, "stop-agent", 2, "ada", NOON)),
            at(9_000, new JournalEntry.StepFailed(2, "stopped", "by ada", used, "{}")),
            at(10_000, new RunResumed(NOON.plusSeconds(10_000), 0)),
            at(10_007, new LogWritten("at work")));

    assertEquals(Duration.ofSeconds(4_007), WorkedTime.of(entries));
  }

  private static WrittenEntry at(long second, JournalEntry entry) {
    return new WrittenEntry(entry, NOON.plusSeconds(second));
  }

  @Test
  void aDeadlineIsAPartOfWhatARunWasStartedWithD19() throws InterruptedException {
    var engine = engine(ScriptedActivity.echo());
    var run =
        engine
            .start(
                within(Duration.ofHours(2)),
                _ ->
                    new WorkflowResult.Failed(
                        "worker_killed", "", null, WorkflowResult.Resumable.YES, List.of()),
                RunListener.none())
            .await();

    var refused =
        assertThrows(
            EngineException.ResumeRefused.class,
            () ->
                engine.resume(
                    run.id(), within(Duration.ofHours(3)), finishing("1"), RunListener.none()));

    assertEquals("options_changed", refused.code());
    assertEquals(Duration.ofHours(2), engine.started(run.id()).deadline());
  }
}
