package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Runs that somebody wants stopped for good after somebody wanted them to pause.
final class CancelledPauseTest extends EngineGround {

  private final CountDownLatch begun = new CountDownLatch(1);

  /// Nobody ever releases it: only a stop ends what waits for it.
  private final Semaphore released = new Semaphore(0);

  /// Another process with the same store.
  private final Engine other =
      TestBench.engine(
          new InMemoryJournal(journal.disk(), Integer.MAX_VALUE), ScriptedActivity.echo());

  private Run start(ScriptedActivity agents, RunListener listener) throws InterruptedException {
    return TestBench.engine(journal, agents)
        .start(TestBench.request(), ScriptedWorkflows.sequential(1), listener);
  }

  @Test
  void cancelsAtOnceARunThatIsAboutToPauseD49() throws InterruptedException {
    var told = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    var acting =
        new ScriptedActivity((request, context) -> {
          context.pausing().onCancel(told::countDown);
          try {
            released.acquire();
          } finally {
            stopped.countDown();
          }
          return new ActivityResult.Completed(request.input(), "{}");
        });
    var run = start(acting, RunListener.none());
    other.ask(run.id(), new ControlRequest.Pause(), "ada");
    told.await();

    other.ask(run.id(), new ControlRequest.Cancel(), "ada");
    stopped.await();

    assertEquals("cancelled", assertInstanceOf(RunResult.Failed.class, run.await()).code());
    assertEquals(new RunState.Cancelled(), other.summary(run.id()).state());
    assertTrue(types(run.id()).contains("control_applied"), types(run.id()).toString());
  }

  @Test
  void cancelsARunThatHasJustPausedThoughNobodyLooksAfterItD49() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var cancelling =
        new RunListener() {
          @Override
          public void recorded(RecordedEvent recorded) {
            if (recorded.event() instanceof RunEvent.Paused) {
              other.ask(recorded.run(), new ControlRequest.Cancel(), "ada");
              asked.countDown();
            }
          }

          @Override
          public void stepStarted(RunId run, int seq) {}
        };
    var run =
        start(
            new ScriptedActivity((request, _) -> {
              begun.countDown();
              released.acquire();
              return new ActivityResult.Completed(request.input(), "{}");
            }),
            cancelling);
    begun.await();

    run.pause("interrupted", "Ctrl-C");
    asked.await();

    assertInstanceOf(RunResult.Paused.class, run.await());
    Patience.until(() -> other.summary(run.id()).state().equals(new RunState.Cancelled()));
  }
}
