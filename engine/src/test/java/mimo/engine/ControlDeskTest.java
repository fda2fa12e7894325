package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.Journal;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.WrappedJournal;
import org.junit.jupiter.api.Test;

/// When a process looks for what is asked of its runs (D45, D52).
final class ControlDeskTest extends EngineGround {

  private final Semaphore begun = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();

  private final ScriptedActivity agents =
      new ScriptedActivity((request, _) -> {
        begun.release();
        released.acquire();
        return new ActivityResult.Completed(request.input(), "{}");
      });

  /// Counts how often the desk looks at all, and how often it asks for requests.
  private final class Counted extends WrappedJournal {
    Counted() {
      super(journal);
    }

    @Override
    public long revision() {
      looks.incrementAndGet();
      return super.revision();
    }

    @Override
    public List<Posted> postedAfter(long id) {
      questions.incrementAndGet();
      return super.postedAfter(id);
    }
  }

  private Engine engine(Journal store) {
    return new Engine(TestBench.ports(store, agents, List.of(), 2));
  }

  private void awaitMoreLooks() throws InterruptedException {
    int before = looks.get();
    Patience.until(() -> looks.get() > before + 3);
  }

  @Test
  void asksForNoRequestsWhileNobodyHasWrittenD52() throws InterruptedException {
    var owner = engine(new Counted());
    var run = owner.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.acquire();
    awaitMoreLooks();
    int before = questions.get();

    awaitMoreLooks();

    assertEquals(before, questions.get());
    run.cancel();
    run.await();
  }

  @Test
  void looksOnWhereAPageWasFullThoughNobodyHasWrittenMoreD45() throws InterruptedException {
    var workflow = ScriptedWorkflows.sequential(1);
    var another = interrupted(workflow);
    var run = interrupted(workflow);
    for (int i = 0; i < EngineLimits.CONTROL_PAGE; i++) {
      post(another, new ControlRequest.Pause());
    }
    post(run, new ControlRequest.Cancel());
    var owner =
        engine(
            new WrappedJournal(journal) {
              @Override
              public long revision() {
                return 7;
              }
            });

    var resumed = owner.resume(run, TestBench.request(), workflow, RunListener.none());

    assertEquals("cancelled", assertInstanceOf(RunResult.Failed.class, resumed.await()).code());
  }

  private RunId interrupted(Workflow workflow) throws InterruptedException {
    var run = engine(journal).start(TestBench.request(), workflow, RunListener.none());
    begun.acquire();
    run.interrupt("interrupted", "Ctrl-C");
    run.await();
    return run.id();
  }

  private void post(RunId run, ControlRequest request) {
    var codec = new ControlCodec(new SecretRedactor(new LiveValues(List.of()), "00"));
    journal.post(StreamId.run(run), codec.encode(request, "ada", ManualClock.START));
  }
}
