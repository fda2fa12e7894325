package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.AwaitedAppend;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.Scrubbed;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.Redactor;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What is asked of a run that nobody works on, and done without its owner (D45).
final class IdleControlTest extends ControlGround {

  private static final String COLORS = "[\"red\",\"blue\"]";

  private final LogicalTime time = new LogicalTime();
  private final Instant began = time.instant();
  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch mayLook = new CountDownLatch(1);

  /// Agents that fail if their label begins with `bad`, and work on and on if with `open`.
  private final ScriptedActivity agents =
      new ScriptedActivity((request, _) -> {
        begun.release();
        if (request.label().startsWith("open")) {
          new CountDownLatch(1).await();
        }
        return request.label().startsWith("bad")
            ? new ActivityResult.Failed("timeout", "Too slow.", "{}")
            : new ActivityResult.Completed(request.input(), "{}");
      });

  /// Looks at the ends of its first steps, then asks for others, and looks at those once it may.
  private static Workflow waves(
      CountDownLatch mayLook, List<ActivityRequest> first, List<ActivityRequest> then) {
    return scope -> {
      first.forEach(scope::schedule);
      var _ = outcomes(scope);
      then.forEach(scope::schedule);
      mayLook.await();
      return outcomes(scope);
    };
  }

  private RunId interrupted(Workflow workflow, int bodies, int failures)
      throws InterruptedException {
    var run =
        TestBench.engine(journal, agents).start(TestBench.request(), workflow, RunListener.none());
    begun.acquire(bodies);
    awaitEntries(run.id(), "step_failed", failures);
    run.interrupt("interrupted", "Ctrl-C");
    run.await();
    return run.id();
  }

  /// Makes of a run what an import of a cleaned copy is.
  private void clean(RunId run) {
    var scrubbed = new JournalCodec(Redactor.NONE, time).encode(new Scrubbed("00", "01"));
    var written = new AwaitedAppend();
    try (var lease = journal.acquire(StreamId.run(run))) {
      journal.append(lease, List.of(scrubbed.record()), written);
      written.await();
    }
  }

  private static String value(RunResult result) {
    return assertInstanceOf(RunResult.Completed.class, result, () -> "" + result).value();
  }

  private static RunResult resume(Engine engine, RunId run, Workflow workflow)
      throws InterruptedException {
    return engine.resume(run, TestBench.request(), workflow, RunListener.none()).await();
  }

  private static void assertUnknown(RunId run, int seq, ControlOutcome outcome) {
    assertEquals(
        new ControlOutcome.Refused("step_unknown", "run " + run + " has no step " + seq), outcome);
  }

  private static ControlOutcome ended(RunId run, int seq) {
    return new ControlOutcome.Refused(
        "step_ended", "step " + seq + " of run " + run + " has ended already");
  }

  @Test
  void countsAsLostByACancelOnlyTheAgentsThatCameToNothingD49() throws InterruptedException {
    var first = List.of(TestBench.agent("good"), TestBench.agent("bad"));
    var file = EditedWorkflow.request(StepKind.FILE, "", "open file");
    var run = interrupted(waves(mayLook, first, List.of(file, TestBench.agent("open"))), 4, 1);

    assertEquals(APPLIED, ask(run, new ControlRequest.Cancel()));

    assertEquals(
        List.of(new Loss(2, "bad", "", "timeout"), new Loss(4, "open", "", "stopped")),
        assertInstanceOf(RunEnded.class, entries(run).getLast()).losses());
  }

  @Test
  void leavesARunAloneThatEndedAndWasCleanedSinceD49D50() throws InterruptedException {
    var run = run(TestBench.engine(journal, agents), ScriptedWorkflows.sequential(1)).id();
    clean(run);
    var before = entries(run);

    var cancel = ask(run, new ControlRequest.Cancel());
    var pause = ask(run, new ControlRequest.Pause());

    assertEquals("run_ended", assertInstanceOf(ControlOutcome.Refused.class, cancel).code());
    assertEquals(cancel, pause);
    assertEquals(before, entries(run));
    assertInstanceOf(RunState.Completed.class, state(run));
  }

  @Test
  void pausesARunOnceThatWasPausedAndCleanedSinceD45() throws InterruptedException {
    var run = interrupted(waves(mayLook, List.of(), List.of(TestBench.agent("open"))), 1, 0);
    assertEquals(APPLIED, ask(run, new ControlRequest.Pause()));
    clean(run);
    var before = entries(run);

    assertEquals(APPLIED, ask(run, new ControlRequest.Pause()));

    assertEquals(before, entries(run));
  }

  @Test
  void letsAStepBeginAnewWhoseEndTheScriptHasNotSeenD46() throws InterruptedException {
    var workflow =
        waves(
            mayLook,
            List.of(TestBench.agent("seen")),
            List.of(TestBench.agent("bad"), TestBench.agent("open")));
    var run = interrupted(workflow, 3, 1);

    var seen = ask(run, new ControlRequest.RetryAgent(0, 1));
    var unseen = ask(run, new ControlRequest.RetryAgent(0, 2));

    assertEquals(
        new ControlOutcome.Refused(
            "delivered",
            "the script of run "
                + run
                + " has the result of step 1 already; let another run ask again: mimo runs fork "
                + run
                + " --at 1 --fresh"),
        seen);
    assertEquals(APPLIED, unseen);
    mayLook.countDown();
    var echo = ScriptedActivity.echo();
    assertEquals("\"2 ok, 3 ok\"", value(resume(other(echo), run, workflow)));
    assertEquals(1, echo.runs("bad"));
    assertEquals(0, echo.runs("seen"));
  }

  @Test
  void stopsAStepThatEndedOnceItWasToBeginAnewD46() throws InterruptedException {
    var workflow = waves(mayLook, List.of(), List.of(TestBench.agent("bad")));
    var run = interrupted(workflow, 1, 1);

    assertEquals(ended(run, 1), ask(run, new ControlRequest.StopAgent(0, 1)));
    assertEquals(APPLIED, ask(run, new ControlRequest.RetryAgent(0, 1)));
    assertEquals(APPLIED, ask(run, new ControlRequest.StopAgent(0, 1)));

    mayLook.countDown();
    var echo = ScriptedActivity.echo();
    assertEquals("\"1 stopped\"", value(resume(other(echo), run, workflow)));
    assertEquals(0, echo.runs());
  }

  @Test
  void refusesWhatConcernsNoStepOfTheLatestGenerationD46() throws InterruptedException {
    var run = interrupted(waves(mayLook, List.of(), List.of(TestBench.agent("open"))), 1, 0);

    assertUnknown(run, 7, ask(run, new ControlRequest.StopAgent(0, 7)));
    assertUnknown(run, 1, ask(run, new ControlRequest.StopAgent(1, 1)));
    assertUnknown(run, 7, ask(run, new ControlRequest.RetryAgent(0, 7)));
    assertUnknown(run, 1, ask(run, new ControlRequest.RetryAgent(1, 1)));
    assertEquals(new ControlOutcome.Open(), other.outcome(run, 99));
  }

  @Test
  void leavesARunParkedThatItsProviderRefusesWhenAnAgentOfItIsStoppedD73()
      throws InterruptedException {
    var refusing =
        new ScriptedActivity((_, _) ->
            new ActivityResult.Suspended(
                ParkReason.PROVIDER, "provider_access", "The key is refused."));
    var workflow = ScriptedWorkflows.sequential(1);
    var run = run(TestBench.engine(journal, refusing), workflow).id();

    assertEquals(APPLIED, ask(run, new ControlRequest.StopAgent(0, 1)));

    assertEquals(
        new RunState.Parked(ParkReason.PROVIDER, "provider_access", "The key is refused.", null),
        state(run));
    var echo = ScriptedActivity.echo();
    assertInstanceOf(RunResult.Completed.class, resume(other(echo), run, workflow));
    assertEquals(0, echo.runs());
  }

  @Test
  void doesWhatCouldNotBeWrittenOnceTheStoreIsRepairedD17D45() throws InterruptedException {
    var run = interrupted(waves(mayLook, List.of(), List.of(TestBench.agent("open"))), 1, 0);
    var broken = TestBench.engine(new InMemoryJournal(journal.disk(), 1), ScriptedActivity.echo());

    var refused =
        assertThrows(StoreFailure.class, () -> broken.ask(run, new ControlRequest.Pause(), "ada"));

    assertEquals("store_failed", refused.code());
    assertEquals(new RunState.Interrupted(), state(run));
    assertEquals(APPLIED, other.outcome(run, 1));
    assertEquals(new RunState.Paused("paused", "Paused by ada."), state(run));
  }

  private Engine unattended() {
    return TestBench.engine(journal, ScriptedActivity.echo(), time, Attendance.UNATTENDED);
  }

  /// Asks people, and waits for all of their answers.
  private static Workflow asking(String more, String... questions) {
    return scope -> {
      for (var question : questions) {
        scope.schedule(TestBench.gate(question, COLORS, more));
      }
      return outcomes(scope);
    };
  }

  private RunId parked(Workflow workflow) throws InterruptedException {
    return assertInstanceOf(RunResult.Parked.class, run(unattended(), workflow)).id();
  }

  private ControlOutcome asked(RunId run, ControlRequest request) throws InterruptedException {
    var engine = unattended();
    return engine.await(run, engine.ask(run, request, "ada"), PATIENCE);
  }

  private static ControlRequest red(int generation, int seq) {
    return new ControlRequest.Answer(generation, seq, "\"red\"", "ada", "cli");
  }

  private static ControlOutcome asksNobody(RunId run, int seq) {
    return new ControlOutcome.Refused(
        "step_ended", "step " + seq + " of run " + run + " does not wait for an answer");
  }

  @Test
  void takesAnAnswerForTheQuestionItNamesAndForNoOtherD53() throws InterruptedException {
    var run = parked(asking("", "Which?", "And which?"));

    assertEquals(asksNobody(run, 2), asked(run, red(1, 2)));
    assertEquals(APPLIED, asked(run, red(0, 2)));

    var given = new GateAnswer("\"red\"", "ada", "cli");
    assertEquals(
        List.of(
            new AskedGate(0, 1, "Which?", COLORS, null, null, null, true),
            new AskedGate(0, 2, "And which?", COLORS, null, null, given, false)),
        unattended().gates(run));
  }

  @Test
  void aRunThatAskedTwoThingsAsksForWhatIsLeftD53() throws InterruptedException {
    var run = parked(asking("", "Which?", "And which?"));

    assertEquals(APPLIED, asked(run, red(0, 1)));

    assertEquals(
        new RunState.Parked(ParkReason.GATE, "waits_for_answer", "Step 2 asks: And which?", began),
        unattended().summary(run).state());
  }

  @Test
  void takesAnAnswerUntilTheQuestionExpiresD53() throws InterruptedException {
    var workflow = asking(",\"timeoutMs\":172800000", "Which?");
    var run = parked(workflow);
    time.put(Duration.ofDays(2).minusMillis(1));

    assertEquals(APPLIED, asked(run, red(0, 1)));

    assertEquals(
        new RunState.Parked(
            ParkReason.GATE,
            "waits_for_time",
            "It has its answer and can go on.",
            began.plus(Duration.ofDays(2).minusMillis(1))),
        unattended().summary(run).state());
    assertEquals("\"1 ok\"", value(resume(unattended(), run, workflow)));
  }

  @Test
  void closesAQuestionThatSomebodyStopsD46D53() throws InterruptedException {
    var workflow = asking("", "Which?");
    var run = parked(workflow);

    assertEquals(APPLIED, asked(run, new ControlRequest.StopAgent(0, 1)));

    assertEquals(
        List.of(new AskedGate(0, 1, "Which?", COLORS, null, null, null, false)),
        unattended().gates(run));
    assertEquals(asksNobody(run, 1), asked(run, red(0, 1)));
    assertEquals("\"1 stopped\"", value(resume(unattended(), run, workflow)));
  }

  @Test
  void asksNoQuestionAnewThatWasAnsweredD46D53() throws InterruptedException {
    var workflow = asking("", "Which?");
    var run = parked(workflow);
    asked(run, red(0, 1));

    assertEquals(
        new ControlOutcome.Refused(
            "step_unknown", "step 1 of run " + run + " only waits; it cannot begin anew"),
        asked(run, new ControlRequest.RetryAgent(0, 1)));

    assertEquals("\"1 ok\"", value(resume(unattended(), run, workflow)));
  }
}
