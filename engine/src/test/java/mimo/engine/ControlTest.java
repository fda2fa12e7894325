package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What one process asks of a run that another works on.
final class ControlTest extends EngineGround {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ControlOutcome APPLIED = new ControlOutcome.Applied();

  private final Semaphore begun = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);

  /// Works until it is stopped or released.
  private final ScriptedActivity agents =
      new ScriptedActivity((request, context) -> {
        context.charge(Map.of("output_tokens", 5L));
        begun.release();
        released.acquire();
        return new ActivityResult.Completed(request.input(), "{}");
      });

  private final Engine owner = TestBench.engine(journal, agents);

  /// Another process with the same store.
  private final Engine other = other(ScriptedActivity.echo());

  private Engine other(ScriptedActivity activity) {
    return TestBench.engine(new InMemoryJournal(journal.disk(), Integer.MAX_VALUE), activity);
  }

  private Run begin(Workflow workflow, int atWork) throws InterruptedException {
    var run = owner.start(TestBench.request(), workflow, RunListener.none());
    begun.acquire(atWork);
    return run;
  }

  private ControlOutcome ask(RunId run, ControlRequest request) throws InterruptedException {
    return other.await(run, other.ask(run, request, "ada"), PATIENCE);
  }

  private RunResult resume(Engine engine, RunId run, Workflow workflow)
      throws InterruptedException {
    return engine.resume(run, TestBench.request(), workflow, RunListener.none()).await();
  }

  private List<ControlApplied> applied(RunId run) {
    return entries(run).stream()
        .filter(ControlApplied.class::isInstance)
        .map(ControlApplied.class::cast)
        .toList();
  }

  private static ControlApplied applied(long request, String action, int seq) {
    return new ControlApplied(request, action, seq, "ada", ManualClock.START);
  }

  @Test
  void pausesARunOfAnotherProcessSoThatItIsResumedExactlyD47() throws InterruptedException {
    var workflow = ScriptedWorkflows.sequential(3);
    var run = begin(workflow, 1);
    released.release();
    begun.acquire();

    var outcome = ask(run.id(), new ControlRequest.Pause());

    assertEquals(APPLIED, outcome);
    assertEquals(
        new RunResult.Paused(run.id(), "paused", "Paused by ada.", Map.of("output_tokens", 10L)),
        run.await());
    assertEquals(new RunState.Paused("paused", "Paused by ada."), state(run.id()));
    assertEquals(
        List.of(
            applied(1, "pause", 0),
            new JournalEntry.RunPaused("paused", "Paused by ada.", ManualClock.START)),
        lastTwo(run.id()));
    var echo = ScriptedActivity.echo();
    assertInstanceOf(RunResult.Completed.class, resume(other(echo), run.id(), workflow));
    assertEquals(0, echo.runs("s0"));
    assertEquals(1, echo.runs("s1"));
  }

  private List<JournalEntry> lastTwo(RunId run) {
    var entries = entries(run);
    return entries.subList(entries.size() - 2, entries.size());
  }

  private RunState state(RunId run) {
    return other.list().stream()
        .filter(line -> line.id().equals(run))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void startsNothingMoreInARunThatIsPausedAndLetsWhatActsComeToItsEndD47()
      throws InterruptedException {
    var told = new CountDownLatch(1);
    var acting =
        new ScriptedActivity((request, context) -> {
          begun.release();
          context.pausing().onCancel(told::countDown);
          released.acquire();
          return new ActivityResult.Completed(request.input(), "{}");
        });
    var engine = new Engine(TestBench.ports(journal, acting, List.of(), 2));
    var run = engine.start(TestBench.request(), ScriptedWorkflows.fanOut(4), RunListener.none());
    begun.acquire(2);

    run.pause("interrupted", "Ctrl-C");
    told.await();
    released.release(2);

    assertEquals(new RunResult.Paused(run.id(), "interrupted", "Ctrl-C", NOTHING), run.await());
    assertEquals(2, acting.runs());
    assertEquals(2, types(run.id()).stream().filter("step_completed"::equals).count());
    var echo = ScriptedActivity.echo();
    assertInstanceOf(
        RunResult.Completed.class, resume(other(echo), run.id(), ScriptedWorkflows.fanOut(4)));
    assertEquals(2, echo.runs());
  }

  @Test
  void cancelsARunOfAnotherProcessForGoodAndCountsWhatWasLostD49() throws InterruptedException {
    var run = begin(ScriptedWorkflows.fanOut(2), 2);

    var outcome = ask(run.id(), new ControlRequest.Cancel());

    var used = Map.of("output_tokens", 10L);
    var losses = List.of(new Loss(1, "f0", "", "stopped"), new Loss(2, "f1", "", "stopped"));
    assertEquals(APPLIED, outcome);
    assertEquals(
        new RunResult.Failed(
            run.id(), "cancelled", "The run was cancelled by ada.", null, losses, used),
        run.await());
    assertEquals(new RunState.Cancelled(), state(run.id()));
    assertEquals(applied(1, "cancel", 0), lastTwo(run.id()).getFirst());
    assertEquals(
        new ControlOutcome.Refused("run_ended", "run " + run.id() + " ended as cancelled already"),
        ask(run.id(), new ControlRequest.Pause()));
  }

  @Test
  void stopsOneAgentAndTheRunGoesOnWithoutItD46L85() throws InterruptedException {
    var run = begin(ScriptedWorkflows.fanOut(2), 2);

    var outcome = ask(run.id(), new ControlRequest.StopAgent(0, 1));
    released.release();

    assertEquals(APPLIED, outcome);
    var result = assertInstanceOf(RunResult.Completed.class, run.await());
    assertTrue(result.value().contains("1 stopped: Stopped by ada."), result.value());
    assertEquals(Map.of("output_tokens", 10L), result.usage());
    assertEquals(List.of(applied(1, "stop-agent", 1)), applied(run.id()));
    assertEquals(
        new JournalEntry.StepFailed(
            1, "stopped", "Stopped by ada.", Map.of("output_tokens", 5L), "{}"),
        entries(run.id()).get(types(run.id()).indexOf("control_applied") + 1));
  }

  @Test
  void stopsAnAgentThatStillWaitsForItsTurnD46() throws InterruptedException {
    var engine = new Engine(TestBench.ports(journal, agents, List.of(), 1));
    var run = engine.start(TestBench.request(), ScriptedWorkflows.fanOut(2), RunListener.none());
    begun.acquire();

    var outcome = ask(run.id(), new ControlRequest.StopAgent(0, 2));
    released.release();

    assertEquals(APPLIED, outcome);
    assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(1, agents.runs());
  }

  @Test
  void stopsAnAgentThatDoesNotListenD46() throws InterruptedException {
    var deaf =
        new ScriptedActivity((request, _) -> {
          begun.release();
          released.acquireUninterruptibly();
          return new ActivityResult.Completed(request.input(), "{}");
        });
    var engine = TestBench.engine(journal, deaf);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.acquire();

    var outcome = ask(run.id(), new ControlRequest.StopAgent(0, 1));

    assertEquals(APPLIED, outcome);
    var result = assertInstanceOf(RunResult.Completed.class, run.await());
    assertTrue(result.value().contains("1 stopped: "), result.value());
    released.release();
  }

  @Test
  void letsAnAgentAtWorkBeginAnewAndPaysForBothD46() throws InterruptedException {
    var restarts = new ArrayList<Integer>();
    var counting =
        new ScriptedActivity((request, context) -> {
          restarts.add(context.restarts());
          return agents.perform(request, context);
        });
    var engine = TestBench.engine(journal, counting);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.acquire();

    var outcome = ask(run.id(), new ControlRequest.RetryAgent(0, 1));
    begun.acquire();
    released.release();

    assertEquals(APPLIED, outcome);
    var result = assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(Map.of("output_tokens", 10L), result.usage());
    assertEquals(List.of(0, 1), restarts);
    assertEquals(List.of(applied(1, "retry-agent", 1)), applied(run.id()));
  }

  @Test
  void letsAStepBeginAnewWhoseEndTheScriptHasNotSeenD46() throws InterruptedException {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    Workflow workflow =
        scope -> {
          scope.schedule(TestBench.agent("a"));
          busy.countDown();
          free.await();
          return new WorkflowResult.Finished(
              "\"" + scope.awaitDeliveries().size() + "\"", List.of());
        };
    var run = owner.start(TestBench.request(), workflow, RunListener.none());
    busy.await();
    begun.acquire();
    released.release();
    Patience.until(() -> types(run.id()).contains("step_completed"));

    var outcome = ask(run.id(), new ControlRequest.RetryAgent(0, 1));
    begun.acquire();
    released.release();
    free.countDown();

    assertEquals(APPLIED, outcome);
    var result = assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(Map.of("output_tokens", 10L), result.usage());
    assertEquals(2, agents.runs("a"));
    assertEquals(
        List.of(
            "run_started",
            "step_scheduled",
            "step_spent",
            "step_completed",
            "control_applied",
            "step_spent",
            "step_completed",
            "delivered",
            "run_ended"),
        types(run.id()));
    var replayed =
        new InMemoryJournal(
            journal.disk().copyUpTo(StreamId.run(run.id()), "delivered"), Integer.MAX_VALUE);
    var again = TestBench.engine(replayed, ScriptedActivity.echo());
    assertEquals(
        result.usage(),
        assertInstanceOf(RunResult.Completed.class, resume(again, run.id(), workflow)).usage());
  }

  @Test
  void refusesWhatComesTooLateOrConcernsNoStepD46() throws InterruptedException {
    var run = begin(ScriptedWorkflows.sequential(2), 1);
    released.release();
    begun.acquire();

    assertEquals(
        new ControlOutcome.Refused(
            "delivered",
            "the script of run "
                + run.id()
                + " has the result of step 1 already; let another run ask again: mimo runs fork "
                + run.id()
                + " --at 1 --fresh"),
        ask(run.id(), new ControlRequest.RetryAgent(0, 1)));
    assertEquals(
        new ControlOutcome.Refused(
            "step_ended", "step 1 of run " + run.id() + " has ended already"),
        ask(run.id(), new ControlRequest.StopAgent(0, 1)));
    assertEquals(
        new ControlOutcome.Refused("step_unknown", "run " + run.id() + " has no step 7"),
        ask(run.id(), new ControlRequest.StopAgent(0, 7)));
    assertEquals(
        new ControlOutcome.Refused("step_unknown", "run " + run.id() + " has no step 2"),
        ask(run.id(), new ControlRequest.StopAgent(1, 2)));
    assertEquals(
        new ControlOutcome.Refused(
            "step_ended", "step 2 of run " + run.id() + " does not wait for an answer"),
        ask(run.id(), new ControlRequest.Answer(0, 2, "true", "ada", "cli")));
    assertEquals(List.of(), applied(run.id()));
    run.cancel();
    run.await();
  }

  @Test
  void refusesToAskARunThatNobodyKnows() {
    var refused =
        assertThrows(
            ResumeRefused.class,
            () -> other.ask(new RunId("0123456789ab"), new ControlRequest.Pause(), "ada"));

    assertEquals("run_unknown", refused.code());
  }

  private RunId interrupted(Workflow workflow, int atWork) throws InterruptedException {
    var run = begin(workflow, atWork);
    run.interrupt("interrupted", "Ctrl-C");
    run.await();
    return run.id();
  }

  @Test
  void pausesARunThatNobodyWorksOnByItselfD47() throws InterruptedException {
    var run = interrupted(ScriptedWorkflows.sequential(1), 1);

    assertEquals(APPLIED, ask(run, new ControlRequest.Pause()));
    assertEquals(APPLIED, ask(run, new ControlRequest.Pause()));

    assertEquals(new RunState.Paused("paused", "Paused by ada."), state(run));
    assertEquals(List.of(applied(1, "pause", 0)), applied(run));
  }

  @Test
  void cancelsARunThatNobodyWorksOnByItselfD49() throws InterruptedException {
    var run = interrupted(ScriptedWorkflows.fanOut(2), 2);

    assertEquals(APPLIED, ask(run, new ControlRequest.Cancel()));

    assertEquals(new RunState.Cancelled(), state(run));
    var losses = List.of(new Loss(1, "f0", "", "stopped"), new Loss(2, "f1", "", "stopped"));
    assertEquals(
        new JournalEntry.RunEnded(
            RunEvent.Status.CANCELLED,
            null,
            "cancelled",
            "The run was cancelled by ada.",
            null,
            losses,
            Map.of("output_tokens", 10L),
            ManualClock.START),
        entries(run).getLast());
  }

  @Test
  void stopsAnAgentOfARunThatNobodyWorksOnSoThatNoResumeStartsItD46() throws InterruptedException {
    var workflow = ScriptedWorkflows.fanOut(2);
    var run = interrupted(workflow, 2);
    ask(run, new ControlRequest.Pause());

    assertEquals(APPLIED, ask(run, new ControlRequest.StopAgent(0, 1)));
    assertEquals(
        new ControlOutcome.Refused("step_ended", "step 1 of run " + run + " has ended already"),
        ask(run, new ControlRequest.StopAgent(0, 1)));

    assertEquals(new RunState.Paused("paused", "Paused by ada."), state(run));
    var echo = ScriptedActivity.echo();
    var result = assertInstanceOf(RunResult.Completed.class, resume(other(echo), run, workflow));
    assertTrue(result.value().contains("1 stopped: Stopped by ada."), result.value());
    assertEquals(0, echo.runs("f0"));
    assertEquals(Map.of("output_tokens", 10L), result.usage());
  }

  @Test
  void refusesAnAnswerToAStepOfAnIdleRunThatAsksNobodyD53() throws InterruptedException {
    var run = interrupted(ScriptedWorkflows.sequential(1), 1);

    var outcome = ask(run, new ControlRequest.Answer(0, 1, "true", "ada", "cli"));

    assertEquals(
        new ControlOutcome.Refused(
            "step_ended", "step 1 of run " + run + " does not wait for an answer"),
        outcome);
  }

  @Test
  void appliesNoRequestTwiceWhoseOwnerDiedBeforeHeSaidSoD45() throws InterruptedException {
    var workflow = ScriptedWorkflows.sequential(1);
    var run = begin(workflow, 1);
    var request = other.ask(run.id(), new ControlRequest.RetryAgent(0, 1), "ada");
    other.await(run.id(), request, PATIENCE);
    begun.acquire();
    run.interrupt("interrupted", "killed");
    run.await();
    var disk = journal.disk().copyUpTo(StreamId.run(run.id()), "control_applied");
    var codec = new ControlCodec(new SecretRedactor(new LiveValues(List.of()), "00"));
    var unsaid = new InMemoryJournal(disk, Integer.MAX_VALUE);
    unsaid.post(
        StreamId.run(run.id()),
        codec.encode(new ControlRequest.RetryAgent(0, 1), "ada", ManualClock.START));
    var echo = ScriptedActivity.echo();
    var engine = TestBench.engine(unsaid, echo);

    var outcome = engine.outcome(run.id(), request);
    var result = resume(engine, run.id(), workflow);

    assertEquals(APPLIED, outcome);
    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals(1, echo.runs());
    assertEquals(
        1,
        disk.records(StreamId.run(run.id())).stream()
            .filter(record -> record.type().equals("control_applied"))
            .count());
  }

  @Test
  void storesNoSecretOfARequestM10() throws InterruptedException {
    var secret = "hunter2-hunter2";
    var knowing =
        TestBench.engine(
            new InMemoryJournal(journal.disk(), Integer.MAX_VALUE),
            ScriptedActivity.echo(),
            List.of(secret));
    var run = interrupted(ScriptedWorkflows.sequential(1), 1);

    knowing.ask(run, new ControlRequest.StopAgent(0, 1), secret);

    var stored = "" + journal.disk().records(StreamId.run(run));
    assertTrue(!stored.contains(secret) && stored.contains("Stopped by [REDACTED"), stored);
  }
}
