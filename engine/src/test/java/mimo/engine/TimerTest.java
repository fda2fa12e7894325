package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mimo.engine.Standstill.Cause;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.JournalEntry.RunWaited;
import mimo.engine.journal.JournalEntry.TimerFired;
import mimo.engine.journal.JournalEntry.TimerSet;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.WaitInput;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Moments that runs wait for (D51, L50, L102).
final class TimerTest extends EngineGround {

  private static final Duration HOUR = Duration.ofHours(1);

  private final LogicalTime time = new LogicalTime();
  private final Instant began = time.instant();
  private final RestWatch watch = new RestWatch();

  private Engine engine(Attendance attendance) {
    return TestBench.engine(journal, ScriptedActivity.echo(), time, attendance);
  }

  private Run start(Attendance attendance, Workflow workflow) throws InterruptedException {
    return engine(attendance).start(TestBench.request(), workflow, watch);
  }

  private RunResult resume(RunId id, Workflow workflow) throws InterruptedException {
    return engine(Attendance.UNATTENDED).resume(id, TestBench.request(), workflow, watch).await();
  }

  /// Asks for all of them at once, and tells in which order they came.
  private static Workflow timers(Duration... delays) {
    return scope -> {
      for (var delay : delays) {
        scope.schedule(TestBench.timer(delay));
      }
      var order = new StringBuilder();
      while (scope.openSteps() > 0) {
        scope.awaitDeliveries().forEach(delivery -> order.append(delivery.seq()));
      }
      return new WorkflowResult.Finished("\"" + order + "\"", List.of());
    };
  }

  private <T> List<T> all(RunId id, Class<T> type) {
    return entries(id).stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void firesAtItsMomentAndNotBeforeD51() throws InterruptedException {
    var run = start(Attendance.WAITING, timers(HOUR));
    var standstill = watch.await(1);

    time.pass(HOUR.minusMillis(1));
    var early = all(run.id(), TimerFired.class);
    time.pass(Duration.ofMillis(1));
    var result = run.await();

    var due = began.plus(HOUR);
    assertEquals(new Standstill(List.of(new Cause.Time(1, "sleep PT1H", due))), standstill);
    assertEquals(List.of(), early);
    assertEquals("\"1\"", assertInstanceOf(RunResult.Completed.class, result).value());
    assertEquals(List.of(new TimerSet(1, due)), all(run.id(), TimerSet.class));
    assertEquals(List.of(new TimerFired(1, due, due)), all(run.id(), TimerFired.class));
    assertEquals(0, time.alarms());
  }

  @Test
  void firesWithinASecondAfterTheClockWasPutForwardD51() throws InterruptedException {
    var run = start(Attendance.WAITING, timers(HOUR));
    watch.await(1);

    time.put(HOUR.plusSeconds(5));
    time.pass(Duration.ofMillis(500));

    assertInstanceOf(RunResult.Completed.class, run.await());
  }

  @Test
  void isNotEarlyByAClockThatWasPutBackD51() throws InterruptedException {
    var run = start(Attendance.WAITING, timers(HOUR));
    watch.await(1);

    time.put(HOUR.negated());
    time.pass(HOUR.plusSeconds(1));
    var early = all(run.id(), TimerFired.class);
    time.pass(HOUR);

    assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(List.of(), early);
    assertEquals(
        List.of(new TimerFired(1, began.plus(HOUR), began.plus(HOUR))),
        all(run.id(), TimerFired.class));
  }

  @Test
  void tellsTheMomentByWhichItWasDueWhenTheClockIsPutBackMeanwhileD51()
      throws InterruptedException {
    var run = start(Attendance.WAITING, timers(HOUR));
    watch.await(1);

    time.putAfterShowing(began.plus(HOUR), HOUR.negated());
    time.pass(HOUR);

    assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(
        List.of(new TimerFired(1, began.plus(HOUR), began.plus(HOUR))),
        all(run.id(), TimerFired.class));
  }

  @Test
  void parksWhereNobodyWatchesAndIsOverdueInDueOrderD51D52() throws InterruptedException {
    var workflow =
        timers(HOUR.multipliedBy(3), HOUR, Duration.ofDays(2), HOUR.multipliedBy(2), HOUR);
    var parked = start(Attendance.UNATTENDED, workflow).await();
    var state = engine(Attendance.UNATTENDED).list().getFirst().state();
    time.put(Duration.ofDays(9));

    var result = resume(parked.id(), workflow);

    var due = began.plus(HOUR);
    var message = "It waits until " + due + ".";
    assertEquals(
        new RunResult.Parked(
            parked.id(), ParkReason.TIMER, "waits_for_time", message, due, Map.of()),
        parked);
    assertEquals(new RunState.Parked(ParkReason.TIMER, "waits_for_time", message, due), state);
    assertEquals("\"25413\"", assertInstanceOf(RunResult.Completed.class, result).value());
  }

  @Test
  void parksAgainUntilTheNextMoment() throws InterruptedException {
    var workflow = timers(HOUR, Duration.ofDays(1));
    var parked = start(Attendance.UNATTENDED, workflow).await();
    time.put(HOUR);

    var again = resume(parked.id(), workflow);

    assertEquals(
        began.plus(Duration.ofDays(1)), assertInstanceOf(RunResult.Parked.class, again).until());
    assertEquals(
        List.of(new TimerFired(1, began.plus(HOUR), began.plus(HOUR))),
        all(parked.id(), TimerFired.class));
  }

  @Test
  void waitsForWhatComesSoonAlsoWhereNobodyWatches() throws InterruptedException {
    var run = start(Attendance.UNATTENDED, timers(EngineLimits.SHORT_WAIT));
    watch.await(1);

    time.pass(EngineLimits.SHORT_WAIT);

    assertInstanceOf(RunResult.Completed.class, run.await());
  }

  @Test
  void parksWhenItIsLeftToItselfD52() throws InterruptedException {
    var run = start(Attendance.WATCHED, timers(Duration.ofSeconds(10)));
    watch.await(1);
    time.pass(Duration.ofSeconds(4));

    run.detach();

    var parked = assertInstanceOf(RunResult.Parked.class, run.await());
    assertEquals(began.plusSeconds(10), parked.until());
    assertEquals(
        List.of(
            new RunWaited(began, began.plusSeconds(4)),
            new RunParked(
                ParkReason.TIMER,
                "waits_for_time",
                "It waits until " + began.plusSeconds(10) + ".",
                began.plusSeconds(10),
                began.plusSeconds(4))),
        entries(run.id()).subList(3, 5));
  }

  @Test
  void timeInWhichARunCanOnlyWaitIsNoWorkL102() throws InterruptedException {
    Workflow workflow =
        scope -> {
          scope.schedule(TestBench.timer(Duration.ofDays(5)));
          scope.awaitDeliveries();
          return new WorkflowResult.Failed(
              "worker_died", "", null, WorkflowResult.Resumable.YES, List.of());
        };
    var run = start(Attendance.WAITING, workflow);
    watch.await(1);

    time.put(Duration.ofDays(5));
    time.pass(Duration.ofSeconds(1));
    run.await();

    var worked =
        WorkedTime.of(
            entries(run.id()).stream().map(entry -> new WrittenEntry(entry, null)).toList());
    assertTrue(worked.compareTo(Duration.ofSeconds(1)) <= 0, "it took " + worked);
    assertEquals(1, all(run.id(), RunWaited.class).size());
  }

  @Test
  void theDeadlineStandsStillWhileARunCanOnlyWaitL102() throws InterruptedException {
    var run = start(Attendance.WAITING, timers(Duration.ofDays(1)));
    watch.await(1);

    time.pass(EngineLimits.DEADLINE.plusSeconds(1));
    time.put(Duration.ofDays(1));
    time.pass(Duration.ofSeconds(1));

    assertInstanceOf(RunResult.Completed.class, run.await());
  }

  @Test
  void aMomentNobodyWaitsForAnyMoreNeverComesL51() throws InterruptedException {
    Workflow workflow =
        scope -> {
          int late = scope.schedule(TestBench.timer(Duration.ofDays(300)));
          scope.schedule(TestBench.agent("quick"));
          while (scope.openSteps() > 1) {
            scope.awaitDeliveries();
          }
          scope.abandon(late);
          var last = scope.awaitDeliveries().getFirst();
          return new WorkflowResult.Finished("\"" + last.outcome() + "\"", List.of());
        };

    var result = start(Attendance.WAITING, workflow).await();

    assertEquals(
        "\"Failed[code=abandoned, message=" + Bodies.NOBODY_WAITS + "]\"",
        assertInstanceOf(RunResult.Completed.class, result).value());
    assertEquals(0, time.alarms());
  }

  @Test
  void theLogicalClockIsNeverBeforeTheMomentThatCame() throws InterruptedException {
    var run = start(Attendance.WAITING, timers(Duration.ofSeconds(10)));
    watch.await(1);

    time.pass(Duration.ofSeconds(10));
    run.await();

    assertEquals(
        List.of(new Delivered(List.of(1), began.plusSeconds(10), 0)),
        all(run.id(), Delivered.class));
  }

  @Test
  void survivesACutAtAnyAppendDP1() throws InterruptedException {
    var workflow = timers(HOUR, Duration.ofMinutes(2), Duration.ofDays(1));
    var cut = 2;
    for (var whole = false; !whole; cut++) {
      var disk = new InMemoryJournal.Disk();
      var moment = new LogicalTime();
      var first = played(new InMemoryJournal(disk, cut), moment, workflow, null);
      whole = first instanceof RunResult.Parked;
      var result = first;
      for (int day = 0; day < 4 && !(result instanceof RunResult.Completed); day++) {
        moment.put(Duration.ofDays(1));
        result = played(new InMemoryJournal(disk, Integer.MAX_VALUE), moment, workflow, first.id());
      }

      // What was cut off before it was written down waits anew, and so may come later.
      var order = assertInstanceOf(RunResult.Completed.class, result, "cut " + cut).value();
      assertTrue(List.of("\"213\"", "\"123\"").contains(order), "cut " + cut + ": " + order);
      assertEquals(
          3,
          disk.records(StreamId.run(first.id())).stream()
              .filter(record -> record.type().equals(TimerFired.TYPE))
              .count(),
          "cut " + cut);
    }

    assertTrue(cut > 4, "only " + cut + " cuts were made");
  }

  private static RunResult played(
      InMemoryJournal journal, LogicalTime time, Workflow workflow, @Nullable RunId resumed)
      throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo(), time, Attendance.UNATTENDED);
    var run =
        resumed == null
            ? engine.start(TestBench.request(), workflow, RunListener.none())
            : engine.resume(resumed, TestBench.request(), workflow, RunListener.none());
    return run.await();
  }

  @Test
  void refusesADelayThatIsTooLongOrNone() {
    var tooLong = EngineLimits.LONGEST_WAIT.plusMillis(1);

    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> WaitInput.delay(TestBench.timer(tooLong).input()));
    var none = assertThrows(IllegalArgumentException.class, () -> WaitInput.delay("{}"));

    assertEquals("ms is 31622400001; it must be from 0 to 31622400000", refused.getMessage());
    assertEquals("timer input {} has no 'ms'", none.getMessage());
  }
}
