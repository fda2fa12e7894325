package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Steps that a workflow asked for and has no use for any more (L110).
final class AbandonTest {

  private static final class Sleeper implements Activity {
    final CountDownLatch started = new CountDownLatch(1);
    final AtomicInteger interrupted = new AtomicInteger();

    @Override
    public ActivityResult perform(ActivityRequest request, ActivityContext context)
        throws InterruptedException {
      if (!request.label().equals("sleeps")) {
        return new ActivityResult.Completed("1", "{}");
      }
      started.countDown();
      try {
        new CountDownLatch(1).await();
        return new ActivityResult.Completed("2", "{}");
      } catch (InterruptedException e) {
        interrupted.incrementAndGet();
        throw e;
      }
    }
  }

  /// Takes deliveries until the step of this number is among them.
  private static String outcomes(RunScope run, int steps) throws InterruptedException {
    var outcomes = new ArrayList<String>();
    while (outcomes.size() < steps) {
      for (var delivery : run.awaitDeliveries()) {
        outcomes.add(
            delivery.seq()
                + (delivery.outcome() instanceof StepOutcome.Failed(var code, _) ? code : "ok"));
      }
    }
    return String.join(" ", outcomes.stream().sorted().toList());
  }

  private static String value(RunResult result) {
    return assertInstanceOf(RunResult.Completed.class, result, result::toString).value();
  }

  @Test
  void aBodyThatRunsIsStoppedAndItsStepDelivered() throws InterruptedException {
    var sleeper = new Sleeper();
    Workflow workflow =
        run -> {
          int seq = run.schedule(TestBench.agent("sleeps"));
          sleeper.started.await();
          run.abandon(seq);
          run.schedule(TestBench.agent("works"));
          return new WorkflowResult.Finished("\"" + outcomes(run, 2) + "\"", List.of());
        };
    try (var engine = TestBench.engine(new InMemoryJournal(), sleeper)) {
      var result = engine.start(TestBench.request(), workflow, RunListener.none()).await();

      assertEquals("\"1cancelled 2ok\"", value(result));
      assertEquals(1, sleeper.interrupted.get());
    }
  }

  @Test
  void aBodyThatWaitsNeverStarts() throws InterruptedException {
    var sleeper = new Sleeper();
    var agents = new ScriptedActivity(sleeper);
    Workflow workflow =
        run -> {
          int first = run.schedule(TestBench.agent("sleeps"));
          int second = run.schedule(TestBench.agent("waits"));
          sleeper.started.await();
          run.abandon(second);
          run.abandon(second);
          run.abandon(99);
          var waited = outcomes(run, 1);
          run.abandon(first);
          return new WorkflowResult.Finished(
              "\"" + waited + " " + outcomes(run, 1) + "\"", List.of());
        };
    var ports = TestBench.ports(new InMemoryJournal(), agents, List.of(), 1);
    try (var engine = new Engine(ports)) {
      var result = engine.start(TestBench.request(), workflow, RunListener.none()).await();

      assertEquals("\"2abandoned 1cancelled\"", value(result));
      assertEquals(0, agents.runs("waits"));
    }
  }

  @Test
  void aResumeDoesNotStartItAgainD20() throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    var sleeper = new Sleeper();
    Workflow workflow =
        run -> {
          int seq = run.schedule(TestBench.agent("sleeps"));
          run.schedule(TestBench.agent("first"));
          var first = outcomes(run, 1);
          run.abandon(seq);
          run.schedule(TestBench.agent("second"));
          return new WorkflowResult.Finished(
              "\"" + first + " " + outcomes(run, 2) + "\"", List.of());
        };
    RunId id;
    var journal = new InMemoryJournal(disk, Integer.MAX_VALUE);
    try (var engine = TestBench.engine(journal, sleeper)) {
      id = engine.start(TestBench.request(), workflow, RunListener.none()).await().id();
    }
    var cut = disk.copyUpTo(StreamId.run(id), "delivered");
    var agents = new ScriptedActivity(new Sleeper());

    try (var engine = TestBench.engine(new InMemoryJournal(cut, Integer.MAX_VALUE), agents)) {
      var resumed = engine.resume(id, TestBench.request(), workflow, RunListener.none()).await();

      assertEquals("\"2ok 1abandoned 3ok\"", value(resumed));
    }
    assertEquals(0, agents.runs("sleeps"));
    assertEquals(1, agents.runs("second"));
  }
}
