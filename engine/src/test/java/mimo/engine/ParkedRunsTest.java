package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What somebody sees who waits for parked runs to be due (D51 to D53).
final class ParkedRunsTest extends EngineGround {

  private static final String COLORS = "[\"red\",\"blue\"]";
  private static final ControlRequest RED =
      new ControlRequest.Answer(0, 1, "\"red\"", "Ada", "test");

  private final LogicalTime time = new LogicalTime();
  private final Instant began = time.instant();
  private final Engine engine = engine();
  private final ParkedRuns parked = engine.parkedRuns();

  private Engine engine() {
    return TestBench.engine(
        new InMemoryJournal(journal.disk(), Integer.MAX_VALUE),
        ScriptedActivity.echo(),
        time,
        Attendance.UNATTENDED);
  }

  private RunId waiting(ActivityRequest step) throws InterruptedException {
    return run(
            engine,
            scope -> {
              scope.schedule(step);
              var _ = scope.awaitDeliveries();
              return new WorkflowResult.Finished("1", List.of());
            })
        .id();
  }

  private RunId sleeping(Duration delay) throws InterruptedException {
    return waiting(TestBench.timer(delay));
  }

  private static List<RunId> ids(List<ParkedRun> runs) {
    return runs.stream().map(ParkedRun::id).toList();
  }

  @Test
  void comeInTheOrderInWhichTheyAreDueD51() throws InterruptedException {
    var late = sleeping(Duration.ofHours(3));
    var asking = waiting(TestBench.gate("Which?", COLORS, ""));
    var soon = sleeping(Duration.ofHours(1));
    var alsoLate = sleeping(Duration.ofHours(3));

    var seen = parked.look();

    assertEquals(List.of(soon, late, alsoLate, asking), ids(seen));
    assertEquals(began.plus(Duration.ofHours(1)), seen.getFirst().until());
    assertFalse(seen.getFirst().isDue(began.plus(Duration.ofMinutes(59))));
    assertTrue(seen.getFirst().isDue(began.plus(Duration.ofHours(1))));
    assertFalse(seen.getLast().isDue(Instant.MAX), "nobody has answered");
  }

  @Test
  void areDueOnceSomebodyAnswersD53() throws InterruptedException {
    var asking = waiting(TestBench.gate("Which?", COLORS, ""));
    var before = parked.look().getFirst();

    engine.ask(asking, RED, "Ada");

    var after = parked.look().getFirst();
    assertTrue(after.isDue(time.instant()));
    assertTrue(after.entry() > before.entry(), "it is parked anew");
  }

  @Test
  void areDueAlsoIfWhoeverAnsweredDiedAtThatMomentD45() throws InterruptedException {
    var asking = waiting(TestBench.gate("Which?", COLORS, ""));
    parked.look();
    // What is left of an answer whose process was killed once it was stored.
    var redactor = new SecretRedactor(new LiveValues(List.of()), "00");
    var body = new ControlCodec(redactor).encode(RED, "Ada", time.instant());
    journal.post(StreamId.run(asking), body);

    var seen = parked.look();

    assertTrue(seen.getFirst().isDue(time.instant()));
    assertEquals(Optional.of(new GateAnswer("\"red\"", "Ada", "test")), answer(asking));
  }

  private Optional<GateAnswer> answer(RunId run) {
    return Optional.ofNullable(engine.gates(run).getFirst().answer());
  }

  @Test
  void areNotReadAgainWhileNobodyWrites() throws InterruptedException {
    sleeping(Duration.ofHours(1));

    var first = parked.look();

    assertSame(first, parked.look());
    sleeping(Duration.ofHours(2));
    assertEquals(2, parked.look().size());
  }

  @Test
  void areNoneOnceTheyAreTakenUpOrHaveEnded() throws InterruptedException {
    var asking = waiting(TestBench.gate("Which?", COLORS, ""));
    engine.ask(asking, new ControlRequest.Cancel(), "Ada");

    assertEquals(List.of(), parked.look());
  }

  @Test
  void haveOneWatcherAtATimeD41() {
    var other = engine().parkedRuns();

    assertEquals(Optional.empty(), parked.watchAlone());
    assertEquals(Optional.of("another process"), other.watchAlone());
    parked.close();
    assertEquals(Optional.empty(), other.watchAlone());
  }

  @Test
  void neverGoOnByThemselvesWhereSomebodyMustMendSomethingD73() throws InterruptedException {
    var refusing =
        new ScriptedActivity((_, _) ->
            new ActivityResult.Suspended(ParkReason.PROVIDER, "provider_access", "Refused."));
    run(
        TestBench.engine(new InMemoryJournal(journal.disk(), Integer.MAX_VALUE), refusing),
        scope -> {
          scope.schedule(TestBench.agent("a"));
          var _ = scope.awaitDeliveries();
          return new WorkflowResult.Finished("1", List.of());
        });

    var seen = parked.look().getFirst();

    assertFalse(seen.goesOnByItself());
    assertFalse(seen.isDue(Instant.MAX));
  }
}
