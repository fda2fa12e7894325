package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What the journal keeps of bodies that do not behave.
final class BodyTest extends EngineGround {

  private static final Map<String, Long> FIVE = Map.of("output_tokens", 5L);

  /// A defect that does not say where it came from, as the virtual machine's own may not.
  private static final class Untraced extends RuntimeException {
    private static final long serialVersionUID = 1;

    Untraced() {
      super("lost", null, false, false);
    }
  }

  @Test
  void tellsOfADefectThatComesFromNowhere() throws InterruptedException {
    var defective =
        new ScriptedActivity((_, _) -> {
          throw new Untraced();
        });

    var run = run(TestBench.engine(journal, defective), ScriptedWorkflows.sequential(1));

    assertEquals(
        new StepFailed(
            1,
            "internal",
            "The step failed unexpectedly.",
            NOTHING,
            "{\"defect\":\"mimo.engine.BodyTest$Untraced at an unknown place\"}"),
        entries(run.id()).get(types(run.id()).indexOf("step_failed")));
  }

  @Test
  void writesNothingOfAChargeOfNothing() throws InterruptedException {
    var agents =
        new ScriptedActivity((request, context) -> {
          context.charge(Map.of());
          context.charge(FIVE);
          return new ActivityResult.Completed(request.input(), "{}");
        });

    var run = run(TestBench.engine(journal, agents), ScriptedWorkflows.sequential(1));

    assertEquals(FIVE, run.usage());
    assertEquals(1, types(run.id()).stream().filter("step_spent"::equals).count());
  }

  @Test
  void takesNothingMoreOfABodyThatOutlivesItsRunD42() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    var deaf =
        new ScriptedActivity((request, context) -> {
          context.charge(FIVE);
          begun.countDown();
          awaitUninterrupted(ended);
          context.charge(FIVE);
          over.countDown();
          return new ActivityResult.Completed(request.input(), "{}");
        });
    var engine = TestBench.engine(journal, deaf);
    var run =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.await();
    run.interrupt("interrupted", "Ctrl-C");
    var result = run.await();
    var before = entries(run.id());

    ended.countDown();
    over.await();
    engine.close();

    assertEquals(FIVE, assertInstanceOf(RunResult.Interrupted.class, result).usage());
    assertEquals(before, entries(run.id()));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    var waiting = true;
    while (waiting) {
      try {
        latch.await();
        waiting = false;
      } catch (InterruptedException e) {
        // It does not listen: that is the point.
      }
    }
  }
}
