package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.WrappedJournal;
import org.junit.jupiter.api.Test;

/// What is asked of a run whose owner does not know yet that it was taken from him (D42, D45).
final class TakenOverControlTest extends ControlGround {

  /// Takes the run away, as another process would.
  private Lease stolen(Run run) {
    return new InMemoryJournal(journal.disk(), Integer.MAX_VALUE).takeOver(StreamId.run(run.id()));
  }

  private static String code(Run run) throws InterruptedException {
    return assertInstanceOf(RunResult.Interrupted.class, run.await()).code();
  }

  @Test
  void anAnswerThatTheFormerOwnerHearsIsTakenByTheNextD42D53() throws InterruptedException {
    var watch = new RestWatch();
    Workflow asking =
        scope -> {
          scope.schedule(TestBench.gate("Which?", "[\"red\"]", ""));
          return outcomes(scope);
        };
    var run = engine().start(TestBench.request(), asking, watch);
    watch.await(1);
    var lease = stolen(run);

    var answer = new ControlRequest.Answer(0, 1, "\"red\"", "ada", "cli");
    var request = other.ask(run.id(), answer, "ada");

    assertEquals("fenced", code(run));
    assertEquals(Optional.empty(), journal.answered(request));
    lease.close();
    var resumed = engine().resume(run.id(), TestBench.request(), asking, RunListener.none());
    assertEquals(APPLIED, other.await(run.id(), request, PATIENCE));
    assertEquals("\"1 ok\"", assertInstanceOf(RunResult.Completed.class, resumed.await()).value());
    assertEquals(
        List.of("control_applied", "gate_answered"),
        types(run.id()).stream()
            .filter(type -> type.equals("control_applied") || type.equals("gate_answered"))
            .toList());
  }

  private Engine engine() {
    var own = new InMemoryJournal(journal.disk(), Integer.MAX_VALUE);
    return TestBench.engine(own, ScriptedActivity.echo(), new LogicalTime(), Attendance.WAITING);
  }

  @Test
  void theFormerOwnerRefusesNothingOfStepsThatOnlyTheNextKnowsD42D45() throws InterruptedException {
    var begun = new Semaphore(0);
    var released = new Semaphore(0);
    var agents =
        new ScriptedActivity((request, _) -> {
          begun.release();
          released.acquire();
          return new ActivityResult.Completed(request.input(), "{}");
        });
    var told = new CountDownLatch(1);
    var watched =
        new WrappedJournal(journal) {
          @Override
          public void answer(Lease lease, long id, String outcome) {
            try {
              super.answer(lease, id, outcome);
            } finally {
              told.countDown();
            }
          }
        };
    var run =
        TestBench.engine(watched, agents)
            .start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
    begun.acquire();
    var lease = stolen(run);

    var request = other.ask(run.id(), new ControlRequest.StopAgent(0, 2), "ada");
    told.await();

    assertEquals(Optional.empty(), journal.answered(request));
    released.release();
    assertEquals("fenced", code(run));
    lease.close();
  }
}
