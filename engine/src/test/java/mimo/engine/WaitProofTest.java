package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.TimerFired;
import mimo.engine.journal.JournalEntry.TimerSet;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Thirty days of moments and questions, with clocks that jump and processes that end, some of them
/// without a word (DP12).
final class WaitProofTest {

  private static final System.Logger LOG = System.getLogger(WaitProofTest.class.getName());
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int TIMERS = 40;
  private static final int GATES = 12;
  private static final String COLORS = "[\"red\",\"blue\"]";
  private static final GateAnswer RED = new GateAnswer("\"red\"", "Ada", "test");

  /// A clock that is put forward while the run works counts as work; here that is no concern.
  private static final RunRequest REQUEST = patient(TestBench.request());

  private static RunRequest patient(RunRequest usual) {
    return new RunRequest(
        usual.workflow(),
        usual.scripts(),
        usual.arguments(),
        usual.options(),
        usual.budget(),
        Duration.ofDays(1_000));
  }

  private final long seed = new Random().nextLong();
  private final Random chance = new Random(seed);
  private final LogicalTime time = new LogicalTime();
  private final InMemoryJournal.Disk disk = new InMemoryJournal.Disk();
  private final List<Duration> delays = new ArrayList<>();
  private final List<Integer> answered = new ArrayList<>();
  private int processes;
  private int jumps;

  /// All moments and questions at once; every second moment sets another one when it comes.
  private Workflow month() {
    return scope -> {
      delays.subList(0, TIMERS).forEach(delay -> scope.schedule(TestBench.timer(delay)));
      for (int gate = 0; gate < GATES; gate++) {
        scope.schedule(TestBench.gate("q" + gate, COLORS, ""));
      }
      int more = TIMERS;
      var ended = 0;
      while (scope.openSteps() > 0) {
        for (var delivery : scope.awaitDeliveries()) {
          assertInstanceOf(StepOutcome.Completed.class, delivery.outcome());
          ended++;
          if (delivery.seq() <= TIMERS && delivery.seq() % 2 == 0) {
            scope.schedule(TestBench.timer(delays.get(more++)));
          }
        }
      }
      return new WorkflowResult.Finished("" + ended, List.of());
    };
  }

  private Engine engine(Attendance attendance, int cut) {
    return TestBench.engine(
        new InMemoryJournal(disk, cut), ScriptedActivity.echo(), time, attendance);
  }

  @Test
  void aMonthOfWaitingLosesNothingAndIsNeverEarlyDP12() throws InterruptedException {
    for (int i = 0; i < TIMERS * 2; i++) {
      delays.add(Duration.ofMillis(chance.nextLong(MONTH.toMillis() / 2)));
    }
    var began = time.instant();
    var result =
        engine(Attendance.UNATTENDED, Integer.MAX_VALUE)
            .start(REQUEST, month(), RunListener.none())
            .await();
    var id = result.id();

    while (!(result instanceof RunResult.Completed)) {
      assertTrue(processes++ < 10_000, () -> "seed " + seed + ": it does not end");
      meanwhile(id, began);
      result = another(id);
    }

    check(id, (RunResult.Completed) result);
  }

  /// Nobody owns the run: days pass, clocks are set, people answer.
  private void meanwhile(RunId id, Instant began) throws InterruptedException {
    switch (chance.nextInt(4)) {
      case 0 -> time.put(Duration.ofMinutes(chance.nextLong(60 * 24 * 3)));
      case 1 -> {
        jumps++;
        time.put(Duration.ofMinutes(-chance.nextLong(60 * 6)));
      }
      case 2 -> answer(id);
      default -> time.pass(Duration.ofSeconds(chance.nextLong(3_600)));
    }
    if (time.instant().isAfter(began.plus(MONTH))) {
      answer(id);
    }
  }

  /// Somebody answers from a process of his own; sometimes two do.
  private void answer(RunId id) throws InterruptedException {
    var other = engine(Attendance.UNATTENDED, Integer.MAX_VALUE);
    var open = other.gates(id).stream().filter(AskedGate::open).toList();
    if (open.isEmpty()) {
      return;
    }
    var gate = open.get(chance.nextInt(open.size()));
    var outcomes = new ArrayList<ControlOutcome>();
    for (int people = chance.nextInt(1, 3); people > 0; people--) {
      var request = new ControlRequest.Answer(0, gate.seq(), RED.value(), "Ada", "test");
      var asked = other.ask(id, request, "Ada");
      outcomes.add(other.await(id, asked, Duration.ofSeconds(20)));
    }
    assertEquals(new ControlOutcome.Applied(), outcomes.getFirst(), () -> "seed " + seed);
    assertTrue(
        outcomes.stream().skip(1).allMatch(ControlOutcome.Refused.class::isInstance),
        () -> "seed " + seed);
    answered.add(gate.seq());
  }

  /// A process that parks the run again, is killed at some append, or stays and sees clocks jump.
  private RunResult another(RunId id) throws InterruptedException {
    return switch (chance.nextInt(3)) {
      case 0 -> resumed(engine(Attendance.UNATTENDED, Integer.MAX_VALUE), id).await();
      case 1 -> resumed(engine(Attendance.UNATTENDED, chance.nextInt(1, 6)), id).await();
      default -> staying(id);
    };
  }

  private Run resumed(Engine engine, RunId id) {
    return engine.resume(id, REQUEST, month(), RunListener.none());
  }

  private RunResult staying(RunId id) throws InterruptedException {
    var watch = new RestWatch();
    var run = engine(Attendance.WAITING, Integer.MAX_VALUE).resume(id, REQUEST, month(), watch);
    if (!watch.restsBefore(run)) {
      return run.await();
    }
    jumps++;
    time.put(Duration.ofMinutes(chance.nextLong(-120, 60 * 24)));
    // Whoever stays looks at the clock at least this often.
    time.pass(EngineLimits.CLOCK_CHECK);
    run.interrupt("interrupted", "The process ends.");
    return run.await();
  }

  private void check(RunId id, RunResult.Completed result) {
    var entries = disk.records(StreamId.run(id)).stream().map(JournalCodec::decode).toList();
    var set = of(entries, TimerSet.class);
    var fired = of(entries, TimerFired.class);
    var early = fired.stream().filter(each -> each.at().isBefore(each.due())).count();
    var answers = of(entries, GateAnswered.class);
    LOG.log(
        System.Logger.Level.INFO,
        "DP12: {0} moments, {1} questions, {2} processes, {3} jumps of the clock: {4} early, {5}"
            + " lost, {6} answered twice",
        fired.size(),
        answers.size(),
        processes,
        jumps,
        early,
        TIMERS + TIMERS / 2 - fired.size(),
        answers.size() - (int) answers.stream().map(GateAnswered::seq).distinct().count());

    var why = "seed " + seed;
    assertEquals(0, early, why);
    assertEquals(TIMERS + TIMERS / 2, set.size(), why);
    assertEquals(
        set.stream().map(each -> each.seq() + " " + each.due()).sorted().toList(),
        fired.stream().map(each -> each.seq() + " " + each.due()).sorted().toList(),
        why);
    Collections.sort(answered);
    assertEquals(answered, answers.stream().map(GateAnswered::seq).sorted().toList(), why);
    assertEquals(GATES, answers.size(), why);
    assertEquals("" + (TIMERS + TIMERS / 2 + GATES), result.value(), why);
  }

  private static <T extends JournalEntry> List<T> of(List<JournalEntry> entries, Class<T> type) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
