package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.RecordingListener;
import org.junit.jupiter.api.Test;

final class EventDispatcherTest {

  private static final RunId RUN = new RunId("7f3a90b1c2d4");

  private static JournalEntry entry(long number) {
    return new JournalEntry.LogWritten("line " + number);
  }

  private static List<EncodedEntry> encoded(long number) {
    return List.of(
        new EncodedEntry(
            entry(number), ManualClock.START, new JournalRecord("log_written", "{}", Map.of())));
  }

  private static WrittenEntry written(long number) {
    return new WrittenEntry(entry(number), ManualClock.START);
  }

  @Test
  void readsFromTheJournalWhatItsQueueHadNoRoomFor() throws InterruptedException {
    var heard = new RecordingListener();
    var first = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var slow =
        new RunListener() {
          @Override
          public void recorded(RecordedEvent recorded) {
            first.countDown();
            awaitUninterrupted(go);
            heard.recorded(recorded);
          }

          @Override
          public void stepStarted(RunId run, int seq) {
            heard.stepStarted(run, seq);
          }
        };
    var dispatcher =
        new EventDispatcher(
            new EventSequence(RUN, 0),
            slow,
            4,
            // It has no more than was written.
            from ->
                LongStream.rangeClosed(from, Math.min(from + 1, 104))
                    .mapToObj(EventDispatcherTest::written)
                    .toList(),
            3);
    dispatcher.recorded(5, encoded(5));
    first.await();

    for (var number = 6L; number <= 104; number++) {
      dispatcher.recorded(number, encoded(number));
    }
    go.countDown();
    dispatcher.close(Duration.ofSeconds(20));

    assertEquals(LongStream.rangeClosed(5, 104).boxed().toList(), heard.numbers());
    var expected = new ArrayList<RunEvent>();
    for (var number = 5; number <= 104; number++) {
      expected.add(new RunEvent.LogWritten("line " + number));
    }
    assertEquals(expected, heard.events());
  }

  @Test
  void doesNotWaitForEverForAListenerThatHangs() {
    var never = new CountDownLatch(1);
    var hanging =
        new RunListener() {
          @Override
          public void recorded(RecordedEvent recorded) {
            awaitUninterrupted(never);
          }

          @Override
          public void stepStarted(RunId run, int seq) {}
        };
    var dispatcher =
        new EventDispatcher(
            new EventSequence(RUN, 0), hanging, 0, from -> List.of(written(from)), 1);
    dispatcher.recorded(1, encoded(1));
    dispatcher.recorded(2, encoded(2));

    dispatcher.close(Duration.ofMillis(20));

    never.countDown();
  }

  @Test
  void doesNotWaitForEverWhereTheQueueOfAListenerThatHangsIsFull() throws InterruptedException {
    var first = new CountDownLatch(1);
    var never = new Semaphore(0);
    var heard = new RecordingListener();
    var hanging =
        new RunListener() {
          @Override
          public void recorded(RecordedEvent recorded) {
            heard.recorded(recorded);
            first.countDown();
            never.acquireUninterruptibly();
          }

          @Override
          public void stepStarted(RunId run, int seq) {}
        };
    var dispatcher =
        new EventDispatcher(
            new EventSequence(RUN, 0), hanging, 0, from -> List.of(written(from)), 1);
    dispatcher.recorded(1, encoded(1));
    first.await();
    dispatcher.recorded(2, encoded(2));

    dispatcher.close(Duration.ofMillis(20));

    assertEquals(List.of(1L), heard.numbers());
    never.release();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
