package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.Journal;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.WrappedJournal;
import org.junit.jupiter.api.Test;

/// Runs that cannot write at once what became of a request (D45).
final class UntoldControlTest extends ControlGround {

  private final Semaphore begun = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);

  private final ScriptedActivity agents =
      new ScriptedActivity((request, _) -> {
        begun.release();
        released.acquire();
        return new ActivityResult.Completed(request.input(), "{}");
      });

  private Run start(Journal store) throws InterruptedException {
    var run =
        TestBench.engine(store, agents)
            .start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.acquire();
    return run;
  }

  @Test
  void hearsAndTellsEverythingThoughTheStoreFailedOnceD45() throws InterruptedException {
    var tries = new AtomicInteger();
    var run =
        start(
            new WrappedJournal(journal) {
              @Override
              public void answer(Lease lease, long id, String outcome) {
                if (tries.getAndIncrement() == 0) {
                  throw new StoreFailure("store_failed", "another process keeps it busy", null);
                }
                super.answer(lease, id, outcome);
              }
            });

    var unknown = ask(run.id(), new ControlRequest.StopAgent(0, 7));
    var stopped = ask(run.id(), new ControlRequest.StopAgent(0, 1));

    assertEquals(
        List.of(
            new ControlOutcome.Refused("step_unknown", "run " + run.id() + " has no step 7"),
            APPLIED),
        List.of(unknown, stopped));
    var value = assertInstanceOf(RunResult.Completed.class, run.await()).value();
    assertTrue(value.contains("1 stopped: Stopped by ada."), value);
    assertEquals(3, tries.get());
  }

  @Test
  void endsAndIsLetGoThoughMoreIsAskedThanItCanTellD45() throws InterruptedException {
    var full = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var stuck = new AtomicBoolean();
    var run =
        start(
            new WrappedJournal(journal) {
              @Override
              public List<Posted> postedAfter(long id) {
                // One is being told, and so many wait.
                if (id == EngineLimits.CONTROL_PAGE + 1) {
                  full.countDown();
                }
                return super.postedAfter(id);
              }

              @Override
              public void answer(Lease lease, long id, String outcome) {
                if (stuck.getAndSet(true)) {
                  super.answer(lease, id, outcome);
                  return;
                }
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  throw new StoreFailure("store_failed", "interrupted", e);
                }
              }
            });
    for (var i = 0; i < EngineLimits.CONTROL_PAGE + 2; i++) {
      other.ask(run.id(), new ControlRequest.StopAgent(0, 7), "ada");
    }
    full.await();

    released.release();

    Patience.until(() -> !journal.owned(StreamId.run(run.id())));
    assertInstanceOf(RunResult.Completed.class, run.await());
  }
}
