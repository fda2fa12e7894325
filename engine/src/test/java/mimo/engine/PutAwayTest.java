package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.WrappedJournal;
import org.junit.jupiter.api.Test;

/// What happens between a run's stop and the return of its lease: nothing is lost, nobody hangs.
final class PutAwayTest extends EngineGround {

  private final CountDownLatch begun = new CountDownLatch(1);

  @Test
  void aStopIsNotTakenForTheFailureOfABodyD22() throws InterruptedException {
    var interrupted =
        new ScriptedActivity((_, _) -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody opens this latch");
          } catch (InterruptedException e) {
            return new ActivityResult.Failed("file_unreadable", "ClosedByInterrupt", "{}");
          }
        });
    var engine = TestBench.engine(journal, interrupted);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.await();

    run.interrupt("interrupted", "Ctrl-C");

    assertInstanceOf(RunResult.Interrupted.class, run.await());
    assertEquals(List.of("run_started", "step_scheduled"), types(run.id()));
  }

  @Test
  void aStopIsNotTakenForADefectOfABodyD22() throws InterruptedException {
    var interrupted =
        new ScriptedActivity((_, _) -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody opens this latch");
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
          }
        });
    var engine = TestBench.engine(journal, interrupted);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.await();

    run.interrupt("interrupted", "Ctrl-C");

    assertInstanceOf(RunResult.Interrupted.class, run.await());
    assertEquals(List.of("run_started", "step_scheduled"), types(run.id()));
  }

  /// Its queue has no room for the result of a step before it has told of a failure.
  private final class Clogged extends WrappedJournal {
    final AtomicBoolean heard = new AtomicBoolean();

    Clogged() {
      super(journal);
    }

    @Override
    public void append(Lease lease, List<JournalRecord> records, AppendListener listener) {
      if (records.stream().noneMatch(record -> record.type().equals("step_completed"))) {
        super.append(lease, records, listener);
        return;
      }
      var told = new CountDownLatch(1);
      Thread.startVirtualThread(() -> {
        listener.failed(new StoreFailure("store_full", "the disk is full", null));
        told.countDown();
      });
      try {
        heard.set(told.await(5, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void theJournalsThreadNeverWaitsForWhoeverWaitsForTheJournal() throws InterruptedException {
    var clogged = new Clogged();
    var engine = TestBench.engine(clogged, ScriptedActivity.echo());

    var run =
        engine.start(
            TestBench.request(),
            scope -> {
              scope.schedule(TestBench.agent("a"));
              new CountDownLatch(1).await();
              return new WorkflowResult.Finished("1", List.of());
            },
            RunListener.none());

    assertEquals(
        new RunResult.Interrupted(run.id(), "store_full", "the disk is full", List.of(), NOTHING),
        run.await());
    assertTrue(clogged.heard.get(), "the journal's thread waited for the settling one");
  }

  /// Writes the result of a step only when something else is to be written.
  private final class Lazy extends WrappedJournal {
    private final List<Runnable> kept = new ArrayList<>();
    final CountDownLatch keeping = new CountDownLatch(1);

    Lazy() {
      super(journal);
    }

    @Override
    public synchronized void append(
        Lease lease, List<JournalRecord> records, AppendListener listener) {
      if (records.stream().anyMatch(record -> record.type().equals("step_completed"))) {
        kept.add(() -> super.append(lease, records, listener));
        keeping.countDown();
        return;
      }
      kept.forEach(Runnable::run);
      kept.clear();
      super.append(lease, records, listener);
    }
  }

  @Test
  void keepsTheLeaseUntilAllPaidWorkIsDurable() throws InterruptedException {
    var lazy = new Lazy();
    var engine = TestBench.engine(lazy, ScriptedActivity.echo());
    var run =
        engine.start(
            TestBench.request(),
            scope -> {
              scope.schedule(TestBench.agent("a"));
              new CountDownLatch(1).await();
              return new WorkflowResult.Finished("1", List.of());
            },
            RunListener.none());
    lazy.keeping.await();

    run.interrupt("interrupted", "Ctrl-C");
    run.await();

    assertEquals(List.of("run_started", "step_scheduled", "step_completed"), types(run.id()));
  }

  @Test
  void anAlarmThatIsOffInterruptsNobody() {
    var alarm = new Alarm(Thread.currentThread());
    alarm.ring();
    assertTrue(Thread.currentThread().isInterrupted());

    alarm.turnOff();
    assertFalse(Thread.currentThread().isInterrupted());
    alarm.ring();

    assertFalse(Thread.interrupted());
  }
}
