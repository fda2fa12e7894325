package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.WrappedJournal;
import org.junit.jupiter.api.Test;

/// What is asked of a run at work at an awkward moment: too late, twice, or while it stops.
final class LiveControlTest extends ControlGround {

  private final Semaphore begun = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);
  private final CountDownLatch mayLook = new CountDownLatch(1);

  /// Works until it is stopped or released.
  private final ScriptedActivity agents =
      new ScriptedActivity((request, _) -> {
        begun.release();
        released.acquire();
        return new ActivityResult.Completed(request.input(), "{}");
      });

  /// Asks for all of them, and looks at no end before it may.
  private Workflow inattentive(ActivityRequest... steps) {
    return scope -> {
      List.of(steps).forEach(scope::schedule);
      mayLook.await();
      return outcomes(scope);
    };
  }

  private static String value(RunResult result) {
    return assertInstanceOf(RunResult.Completed.class, result, () -> "" + result).value();
  }

  private Run start(Activity activity, Workflow workflow) throws InterruptedException {
    return TestBench.engine(journal, activity)
        .start(TestBench.request(), workflow, RunListener.none());
  }

  private static ControlOutcome unknown(Run run, int seq) {
    return new ControlOutcome.Refused("step_unknown", "run " + run.id() + " has no step " + seq);
  }

  private static ControlOutcome ended(Run run, int seq, String how) {
    return new ControlOutcome.Refused(
        "step_ended", "step " + seq + " of run " + run.id() + " " + how);
  }

  @Test
  void refusesWhatConcernsAStepThatNobodyAskedForD46D53() throws InterruptedException {
    var run = start(agents, ScriptedWorkflows.sequential(1));
    begun.acquire();

    assertEquals(unknown(run, 0), ask(run.id(), new ControlRequest.StopAgent(0, 0)));
    assertEquals(unknown(run, 7), ask(run.id(), new ControlRequest.RetryAgent(0, 7)));
    var answer = new ControlRequest.Answer(0, 7, "true", "ada", "cli");
    assertEquals(unknown(run, 7), ask(run.id(), answer));

    released.release();
    assertInstanceOf(RunResult.Completed.class, run.await());
  }

  @Test
  void givesAStepNoOtherOrderBeforeItHasObeyedTheFirstD46() throws InterruptedException {
    var deaf =
        new ScriptedActivity((request, _) -> {
          begun.release();
          released.acquireUninterruptibly();
          return new ActivityResult.Completed(request.input(), "{}");
        });
    var run = start(deaf, scopeOf("a"));
    begun.acquire();

    var first = other.ask(run.id(), new ControlRequest.StopAgent(0, 1), "ada");
    var again = ask(run.id(), new ControlRequest.StopAgent(0, 1));
    var retry = ask(run.id(), new ControlRequest.RetryAgent(0, 1));
    released.release();

    var ordered = ended(run, 1, "is being stopped already, or begins anew");
    assertEquals(List.of(ordered, ordered), List.of(again, retry));
    assertEquals("\"1 stopped\"", value(run.await()));
    assertEquals(APPLIED, other.await(run.id(), first, PATIENCE));
    assertEquals(1, types(run.id()).stream().filter("control_applied"::equals).count());
  }

  private static Workflow scopeOf(String... prompts) {
    return scope -> {
      for (var prompt : prompts) {
        scope.schedule(TestBench.agent(prompt));
      }
      return outcomes(scope);
    };
  }

  @Test
  void takesBackTheEndOfOneStepAmongSeveralThatTheScriptHasNotSeenD46()
      throws InterruptedException {
    var run = start(agents, inattentive(TestBench.agent("a"), TestBench.agent("b")));
    begun.acquire(2);
    released.release(2);
    awaitEntries(run.id(), "step_completed", 2);

    var late = ask(run.id(), new ControlRequest.StopAgent(0, 1));
    var last = ask(run.id(), new ControlRequest.RetryAgent(0, 2));
    var first = ask(run.id(), new ControlRequest.RetryAgent(0, 1));
    begun.acquire(2);
    released.release(2);
    mayLook.countDown();

    assertEquals(ended(run, 1, "has ended already"), late);
    assertEquals(List.of(APPLIED, APPLIED), List.of(last, first));
    assertEquals("\"1 ok, 2 ok\"", value(run.await()));
    assertEquals(List.of(2, 2), List.of(agents.runs("a"), agents.runs("b")));
  }

  @Test
  void stopsNoQuestionThatWasAnsweredThoughTheScriptHasNotSeenItD46D53()
      throws InterruptedException {
    var engine = TestBench.engine(journal, agents, new LogicalTime(), Attendance.WAITING);
    var workflow = inattentive(TestBench.gate("Which?", "[\"red\"]", ""));
    var run = engine.start(TestBench.request(), workflow, RunListener.none());
    var asked = new ControlRequest.Answer(0, 1, "\"red\"", "ada", "cli");

    AnswerReceipt answered;
    do {
      answered = run.answer(1, new GateAnswer("\"red\"", "ada", "cli"));
    } while (answered instanceof AnswerReceipt.NoGate);
    var stopped = ask(run.id(), new ControlRequest.StopAgent(0, 1));
    var late = ask(run.id(), asked);
    mayLook.countDown();

    assertEquals(new AnswerReceipt.Taken(), answered);
    assertEquals(ended(run, 1, "has ended already"), stopped);
    assertEquals(
        new ControlOutcome.Refused("answered", "step 1 was answered already, by ada: \"red\""),
        late);
    assertEquals("\"1 ok\"", value(run.await()));
  }

  @Test
  void tellsWhoAskedAnEarlierOwnerWhatThatHasDoneD45() throws InterruptedException {
    var run = start(agents, scopeOf("a"));
    begun.acquire();
    ask(run.id(), new ControlRequest.RetryAgent(0, 1));
    begun.acquire();
    run.interrupt("interrupted", "killed");
    run.await();
    var disk = journal.disk().copyUpTo(StreamId.run(run.id()), "control_applied");
    var unsaid = new InMemoryJournal(disk, Integer.MAX_VALUE);
    var codec = new ControlCodec(new SecretRedactor(new LiveValues(List.of()), "00"));
    var again = new ControlRequest.RetryAgent(0, 1);
    var request =
        unsaid.post(StreamId.run(run.id()), codec.encode(again, "ada", ManualClock.START));
    var engine = TestBench.engine(unsaid, agents);

    var resumed = engine.resume(run.id(), TestBench.request(), scopeOf("a"), RunListener.none());
    begun.acquire();
    var outcome = engine.await(run.id(), request, PATIENCE);
    released.release();

    assertEquals(APPLIED, outcome);
    assertEquals("\"1 ok\"", value(resumed.await()));
    assertEquals(3, agents.runs());
  }

  @Test
  void doesWhatIsAskedOfARunThatStopsOnceItHasStoppedD45D47() throws InterruptedException {
    var told = new CountDownLatch(1);
    var heard = new CountDownLatch(1);
    var acting =
        new ScriptedActivity((_, context) -> {
          context.pausing().onCancel(told::countDown);
          begun.release();
          released.acquire();
          return new ActivityResult.Cancelled();
        });
    var watched =
        new WrappedJournal(journal) {
          private volatile boolean found;

          @Override
          public List<Posted> postedAfter(long id) {
            var posted = super.postedAfter(id);
            found |= !posted.isEmpty();
            return posted;
          }

          @Override
          public long revision() {
            // The next look: what was found at the last one has been handed on.
            if (found) {
              heard.countDown();
            }
            return super.revision();
          }
        };
    var run =
        TestBench.engine(watched, acting)
            .start(TestBench.request(), scopeOf("a"), RunListener.none());
    begun.acquire();
    run.pause("paused", "Ctrl-C");
    told.await();

    var request = other.ask(run.id(), new ControlRequest.StopAgent(0, 1), "ada");
    heard.await();
    released.release();
    var result = run.await();

    assertEquals(new RunResult.Paused(run.id(), "paused", "Ctrl-C", Map.of()), result);
    assertEquals(APPLIED, other.await(run.id(), request, PATIENCE));
    assertEquals(new RunState.Paused("paused", "Ctrl-C"), state(run.id()));
    assertEquals(
        "\"1 stopped\"",
        value(
            other.resume(run.id(), TestBench.request(), scopeOf("a"), RunListener.none()).await()));
  }

  @Test
  void countsAsLostByACancelNeitherWhatHasAValueNorAnythingTwiceD49() throws InterruptedException {
    Workflow workflow =
        scope -> {
          for (var prompt : List.of("a", "b", "c")) {
            scope.schedule(TestBench.agent(prompt));
          }
          try {
            mayLook.await();
            return outcomes(scope);
          } catch (InterruptedException e) {
            var lost = List.of(new Loss(3, "c", "", "timeout"));
            return new WorkflowResult.Failed(
                "stopped", "Stopped.", null, WorkflowResult.Resumable.NO, lost);
          }
        };
    var some =
        new ScriptedActivity((request, context) ->
            request.label().equals("b")
                ? new ActivityResult.Completed("1", "{}")
                : agents.perform(request, context));
    var run = start(some, workflow);
    begun.acquire(2);
    awaitEntries(run.id(), "step_completed", 1);

    ask(run.id(), new ControlRequest.Cancel());

    assertEquals(
        List.of(new Loss(3, "c", "", "timeout"), new Loss(1, "a", "", "stopped")),
        run.await().losses());
  }
}
