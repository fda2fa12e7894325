package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Runs that are stopped, taken over or cut off with their engine.
final class StoppedRunTest extends EngineGround {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final ScriptedActivity endless =
      new ScriptedActivity((_, _) -> {
        begun.countDown();
        new CountDownLatch(1).await();
        return new ActivityResult.Cancelled();
      });

  @Test
  void interruptsWithoutAnEndSoThatItCanBeResumed() throws InterruptedException {
    var engine = TestBench.engine(journal, endless);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
    begun.await();

    run.interrupt("interrupted", "Ctrl-C");

    assertEquals(
        new RunResult.Interrupted(run.id(), "interrupted", "Ctrl-C", List.of(), NOTHING),
        run.await());
    assertEquals(List.of("run_started", "step_scheduled"), types(run.id()));
    assertEquals(new RunState.Interrupted(), engine.list().getFirst().state());
    var again = TestBench.engine(journal, ScriptedActivity.echo());
    var resumed =
        again.resume(
            run.id(), TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
    assertInstanceOf(RunResult.Completed.class, resumed.await());
  }

  @Test
  void cancelsForGood() throws InterruptedException {
    var engine = TestBench.engine(journal, endless);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
    begun.await();

    run.cancel();

    assertEquals(
        new RunResult.Failed(
            run.id(),
            "cancelled",
            "The run was cancelled.",
            null,
            List.of(new Loss(1, "s0", "", "stopped")),
            NOTHING),
        run.await());
    assertEquals(new RunState.Cancelled(), engine.list().getFirst().state());
    var refused =
        assertThrows(
            ResumeRefused.class,
            () ->
                engine.resume(
                    run.id(),
                    TestBench.request(),
                    ScriptedWorkflows.sequential(2),
                    RunListener.none()));
    assertEquals("run_ended", refused.code());
  }

  @Test
  void reachesAWorkflowThatBlocksElsewhere() throws InterruptedException {
    var engine = TestBench.engine(journal, endless);
    var blocked = new CountDownLatch(1);
    var run =
        engine.start(
            TestBench.request(),
            _ -> {
              blocked.countDown();
              new CountDownLatch(1).await();
              return new WorkflowResult.Finished("1", List.of());
            },
            RunListener.none());
    blocked.await();

    run.interrupt("interrupted", "stop");

    assertInstanceOf(RunResult.Interrupted.class, run.await());
  }

  @Test
  void closingTheEngineInterruptsItsRuns() throws InterruptedException {
    var engine = TestBench.engine(journal, endless);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.await();

    engine.close();

    assertEquals(
        new RunResult.Interrupted(
            run.id(), "interrupted", "The engine was closed.", List.of(), NOTHING),
        run.await());
  }

  @Test
  void writesNoMoreOnceAnotherProcessTookTheRunOverD42() throws InterruptedException {
    var release = new CountDownLatch(1);
    var agents =
        new ScriptedActivity((_, _) -> {
          begun.countDown();
          release.await();
          return new ActivityResult.Completed("1", "{}");
        });
    var engine = TestBench.engine(journal, agents);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
    begun.await();

    journal.steal(StreamId.run(run.id()));
    release.countDown();

    assertInstanceOf(
        RunResult.Interrupted.class, run.await(), "the run goes on after it was fenced");
    assertEquals("fenced", ((RunResult.Interrupted) run.await()).code());
    assertEquals(List.of("run_started", "step_scheduled"), types(run.id()));
  }
}
