package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.GateOpened;
import mimo.engine.journal.WaitInput;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Questions that runs ask people (D53, L52, L53).
final class GateTest extends EngineGround {

  private static final String COLORS = "[\"red\",\"blue\"]";
  private static final GateAnswer RED = new GateAnswer("\"red\"", "Ada", "test");
  private static final GateAnswer BLUE = new GateAnswer("\"blue\"", "Bob", "test");

  private final LogicalTime time = new LogicalTime();
  private final Instant began = time.instant();
  private final RestWatch watch = new RestWatch();

  private Engine engine(Attendance attendance) {
    return TestBench.engine(journal, ScriptedActivity.echo(), time, attendance);
  }

  private static Workflow asking(String more) {
    return scope -> {
      scope.schedule(TestBench.gate("Which?", COLORS, more));
      var outcome = scope.awaitDeliveries().getFirst().outcome();
      return new WorkflowResult.Finished(
          switch (outcome) {
            case StepOutcome.Completed(var value) -> value;
            case StepOutcome.Failed(var code, var message) ->
                "\"" + code + ": " + message.replace('"', '\'') + "\"";
          },
          List.of());
    };
  }

  private Run start(Attendance attendance, String more) throws InterruptedException {
    return engine(attendance).start(TestBench.request(), asking(more), watch);
  }

  private static String value(RunResult result) {
    return assertInstanceOf(RunResult.Completed.class, result, () -> "" + result).value();
  }

  private String resumed(RunId id, String more) throws InterruptedException {
    return value(
        engine(Attendance.UNATTENDED).resume(id, TestBench.request(), asking(more), watch).await());
  }

  private ControlOutcome ask(Engine engine, RunId id, GateAnswer answer)
      throws InterruptedException {
    var request = new ControlRequest.Answer(0, 1, answer.value(), answer.who(), answer.channel());
    var asked = engine.ask(id, request, answer.who());
    return engine.await(id, asked, Duration.ofSeconds(20));
  }

  @Test
  void theFirstAnswerThatFitsCountsD53() throws InterruptedException {
    var run = start(Attendance.WATCHED, "");
    var standstill = watch.await(1);

    var misfit = run.answer(1, new GateAnswer("\"green\"", "Ada", "test"));
    var nobody = run.answer(2, RED);
    var taken = run.answer(1, RED);
    var late = run.answer(1, BLUE);

    assertEquals("\"red\"", value(run.await()));
    assertEquals(new AnswerReceipt.Misfit("\"green\" is none of " + COLORS), misfit);
    assertEquals(new AnswerReceipt.NoGate(), nobody);
    assertEquals(new AnswerReceipt.Taken(), taken);
    assertEquals(new AnswerReceipt.Late(RED), late);
    var gate = new Gate("Which?", COLORS, null, null, Gate.Unattended.WAITS);
    assertEquals(
        new Standstill(List.of(new Standstill.Cause.Answer(1, "ask Which?", gate, null))),
        standstill);
    assertEquals(
        List.of(new GateOpened(1, "Which?", COLORS, null, null), new GateAnswered(1, RED, began)),
        entries(run.id()).subList(2, 4));
    assertEquals(
        List.of(new AskedGate(0, 1, "Which?", COLORS, null, null, RED, false)),
        engine(Attendance.UNATTENDED).gates(run.id()));
  }

  @Test
  void anAnswerMayComeWhileNobodyOwnsTheRunAndOnlyTheFirstCountsD53() throws InterruptedException {
    var parked = assertInstanceOf(RunResult.Parked.class, start(Attendance.UNATTENDED, "").await());
    time.put(Duration.ofDays(30));
    var other = engine(Attendance.UNATTENDED);

    var misfit = ask(other, parked.id(), new GateAnswer("1", "Eve", "test"));
    var first = ask(other, parked.id(), RED);
    var second = ask(other, parked.id(), BLUE);

    assertEquals(ParkReason.GATE, parked.reason());
    assertEquals(
        new ControlOutcome.Refused(
            "answer_misfit", "step 1 takes no such answer: 1 is none of " + COLORS),
        misfit);
    assertEquals(new ControlOutcome.Applied(), first);
    assertEquals(
        new ControlOutcome.Refused("answered", "step 1 was answered already, by Ada: \"red\""),
        second);
    assertEquals(
        new RunState.Parked(
            ParkReason.GATE,
            "waits_for_time",
            "It has its answer and can go on.",
            began.plus(Duration.ofDays(30))),
        other.list().getFirst().state());
    assertEquals("\"red\"", resumed(parked.id(), ""));
  }

  @Test
  void aLateAnswerHearsOfTheFirstAlsoInAnotherProcessD53() throws InterruptedException {
    var parked = assertInstanceOf(RunResult.Parked.class, start(Attendance.UNATTENDED, "").await());
    var other = engine(Attendance.UNATTENDED);
    ask(other, parked.id(), RED);
    var mayEnd = new CountDownLatch(1);
    Workflow slow =
        scope -> {
          var result = asking("").execute(scope);
          mayEnd.await();
          return result;
        };
    var run =
        engine(Attendance.WATCHED)
            .resume(parked.id(), TestBench.request(), slow, RunListener.none());

    var late = run.answer(1, BLUE);
    var told = ask(other, parked.id(), BLUE);
    mayEnd.countDown();

    assertEquals(new AnswerReceipt.Late(RED), late);
    assertEquals(
        new ControlOutcome.Refused("answered", "step 1 was answered already, by Ada: \"red\""),
        told);
    assertEquals("\"red\"", value(run.await()));
  }

  @Test
  void aRunAtWorkHearsAnAnswerThroughTheStoreD45D53() throws InterruptedException {
    var run = start(Attendance.WAITING, "");
    watch.await(1);
    var other = engine(Attendance.UNATTENDED);

    var misfit = ask(other, run.id(), new GateAnswer("1", "Eve", "test"));
    var first = ask(other, run.id(), RED);

    assertInstanceOf(ControlOutcome.Refused.class, misfit);
    assertEquals(new ControlOutcome.Applied(), first);
    assertEquals("\"red\"", value(run.await()));
    assertEquals(
        List.of("control_applied", "gate_answered", "delivered", "run_ended"),
        types(run.id()).subList(3, 7));
  }

  @Test
  void nobodyInTimeIsTheDefaultL53() throws InterruptedException {
    var more = ",\"timeoutMs\":172800000,\"default\":\"blue\"";
    var parked =
        assertInstanceOf(RunResult.Parked.class, start(Attendance.UNATTENDED, more).await());
    var early = parked.until();
    time.put(Duration.ofDays(2));
    var late = ask(engine(Attendance.UNATTENDED), parked.id(), RED);

    var result = resumed(parked.id(), more);

    assertEquals(began.plus(Duration.ofDays(2)), early);
    assertEquals(
        new ControlOutcome.Refused(
            "gate_expired", "step 1 waited for an answer until " + early + ", and not longer"),
        late);
    assertEquals("\"blue\"", result);
    assertEquals(
        new GateAnswer("\"blue\"", "", "expiry"),
        engine(Attendance.UNATTENDED).gates(parked.id()).getFirst().answer());
  }

  @Test
  void nobodyInTimeWithoutADefaultFailsTheStepD53() throws InterruptedException {
    var more = ",\"timeoutMs\":1000";
    var run = start(Attendance.UNATTENDED, more);
    watch.await(1);

    time.pass(Duration.ofSeconds(1));

    assertEquals("\"gate_expired: Nobody answered: Which?\"", value(run.await()));
  }

  @Test
  void whereNobodyWatchesItMayFallBackOrFailAtOnceL52() throws InterruptedException {
    var falls = ",\"unattended\":\"falls_back\"";

    assertEquals(
        "\"red\"", value(start(Attendance.WAITING, falls + ",\"default\":\"red\"").await()));
    assertEquals(
        "\"gate_expired: Nobody answered: Which?\"",
        value(start(Attendance.UNATTENDED, falls).await()));
    assertEquals(
        "\"gate_unattended: Nobody is there to answer: Which?\"",
        value(start(Attendance.UNATTENDED, ",\"unattended\":\"fails\"").await()));
    var attentive = new RestWatch();
    var watched = engine(Attendance.WATCHED).start(TestBench.request(), asking(falls), attentive);
    attentive.await(1);
    assertEquals(new AnswerReceipt.Taken(), watched.answer(1, BLUE));
    assertEquals("\"blue\"", value(watched.await()));
  }

  @Test
  void aDefaultThatIsNoAnswerAndASchemaNothingFitsFailTheStep() throws InterruptedException {
    var misfit = start(Attendance.WATCHED, ",\"default\":\"green\"").await();
    Workflow nothing =
        scope -> {
          scope.schedule(TestBench.gate("Which?", "[\"nothing\"]", ""));
          var outcome = scope.awaitDeliveries().getFirst().outcome();
          return new WorkflowResult.Finished("\"" + outcome + "\"", List.of());
        };
    var unusable = engine(Attendance.WATCHED).start(TestBench.request(), nothing, watch).await();

    assertEquals(
        "\"bad_argument: The gate's default does not fit it: 'green' is none of ['red','blue']\"",
        value(misfit));
    assertEquals("\"Failed[code=schema_invalid, message=Nothing fits it.]\"", value(unusable));
  }

  @Test
  void aQuestionThatSomebodyStopsFailsItsStepD46() throws InterruptedException {
    var run = start(Attendance.WAITING, "");
    watch.await(1);
    var engine = engine(Attendance.UNATTENDED);

    var again =
        engine.await(
            run.id(),
            engine.ask(run.id(), new ControlRequest.RetryAgent(0, 1), "Ada"),
            Duration.ofSeconds(20));
    engine.ask(run.id(), new ControlRequest.StopAgent(0, 1), "Ada");

    assertEquals("\"stopped: Stopped by Ada.\"", value(run.await()));
    assertEquals(
        new ControlOutcome.Refused(
            "step_unknown", "step 1 of run " + run.id() + " only waits; it cannot begin anew"),
        again);
  }

  @Test
  void refusesWhatIsNoQuestion() {
    assertEquals(
        "gate input {\"question\":1} needs a question and a schema",
        assertThrows(IllegalArgumentException.class, () -> WaitInput.gate("{\"question\":1}"))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> WaitInput.gate("{"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Gate("?", "{}", null, Duration.ofSeconds(-1), Gate.Unattended.WAITS));
  }

  @Test
  void anEngineThatCannotCheckAsksNothing() {
    var none = AnswerCheck.none();

    assertEquals("This engine cannot check answers.", none.unusable("{}").orElseThrow());
    assertEquals("This engine cannot check answers.", none.misfit("{}", "1").orElseThrow());
  }
}
