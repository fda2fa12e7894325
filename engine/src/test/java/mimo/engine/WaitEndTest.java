package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.WrappedJournal;
import org.junit.jupiter.api.Test;

/// Waits that end otherwise than by what was waited for.
final class WaitEndTest extends ControlGround {

  private static final GateAnswer RED = new GateAnswer("\"red\"", "ada", "cli");

  private final LogicalTime time = new LogicalTime();
  private final RestWatch watch = new RestWatch();

  private Engine engine(Journal store) {
    return TestBench.engine(store, ScriptedActivity.echo(), time, Attendance.WAITING);
  }

  private static String value(RunResult result) {
    return assertInstanceOf(RunResult.Completed.class, result, () -> "" + result).value();
  }

  @Test
  void aTimerThatIsAbandonedBeforeItIsDurableIsNotWaitedForL110() throws InterruptedException {
    var abandoned = new CountDownLatch(1);
    var slow =
        new WrappedJournal(journal) {
          @Override
          public void append(Lease lease, List<JournalRecord> records, AppendListener listener) {
            var sets = records.stream().anyMatch(record -> record.type().equals("timer_set"));
            super.append(lease, records, sets ? after(abandoned, listener) : listener);
          }
        };
    Workflow workflow =
        scope -> {
          int seq = scope.schedule(TestBench.timer(Duration.ofDays(1)));
          scope.abandon(seq);
          abandoned.countDown();
          return outcomes(scope);
        };

    var result = engine(slow).start(TestBench.request(), workflow, watch).await();

    assertEquals("\"1 abandoned\"", value(result));
    assertEquals(0, time.alarms());
  }

  /// Hears that something is durable no sooner than that.
  private static AppendListener after(CountDownLatch latch, AppendListener listener) {
    return new AppendListener() {
      @Override
      public void durable() {
        try {
          latch.await();
          listener.durable();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void failed(EngineException cause) {
        listener.failed(cause);
      }
    };
  }

  @Test
  void aQuestionWithoutAnExpiryOutlastsATimerD51D53() throws InterruptedException {
    Workflow workflow =
        scope -> {
          scope.schedule(TestBench.gate("Which?", "[\"red\"]", ""));
          scope.schedule(TestBench.timer(Duration.ofHours(1)));
          return outcomes(scope);
        };
    var run = engine(journal).start(TestBench.request(), workflow, watch);
    watch.await(2);

    time.pass(Duration.ofHours(1));
    var left = watch.await(1);
    run.answer(1, RED);

    assertEquals("\"1 ok, 2 ok\"", value(run.await()));
    assertInstanceOf(Standstill.Cause.Answer.class, left.causes().getFirst());
  }

  @Test
  void anAnswerToARunThatHasStoppedIsNotTakenD53() throws InterruptedException {
    Workflow workflow =
        scope -> {
          scope.schedule(TestBench.gate("Which?", "[\"red\"]", ""));
          return outcomes(scope);
        };
    var run = engine(journal).start(TestBench.request(), workflow, watch);
    watch.await(1);
    run.interrupt("interrupted", "Ctrl-C");
    run.await();

    var receipt = run.answer(1, RED);

    assertEquals(new AnswerReceipt.NoGate(), receipt);
    assertEquals(List.of(), types(run.id()).stream().filter("gate_answered"::equals).toList());
  }
}
