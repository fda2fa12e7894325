package mimo.agent.provider.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.testing.RecordingStreamListener;
import mimo.agent.testing.VirtualTime;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A26: the fault table, in virtual time.
class RetryLoopTest {

  private static final ModelReply.Completed REPLY =
      new ModelReply.Completed(
          List.of(new Content.Text("done")), Finish.STOP, new TokenUsage(1, 2, 0, 0));

  /// Always the longest delay the bound allows.
  private static final RandomGenerator PATIENT =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final VirtualTime time = VirtualTime.fromNoon();
  private final RecordingStreamListener listener = new RecordingStreamListener();

  @Test
  void aRequestIsTriedFourTimesWithGrowingDelays() throws InterruptedException {
    var reply = run(Collections.nCopies(9, failed(null)));

    assertEquals(new ModelReply.Faulted("provider_error", "P answered 503. Tried 4 times."), reply);
    assertEquals(millis(500, 1000, 2000), time.waits());
    assertEquals(
        List.of(
            "restarted after 500 ms: P answered 503.",
            "restarted after 1000 ms: P answered 503.",
            "restarted after 2000 ms: P answered 503."),
        listener.heard());
  }

  @Test
  void aBrokenStreamIsTriedFiveTimes() throws InterruptedException {
    var reply = run(Collections.nCopies(9, broke()));

    assertEquals(new ModelReply.Faulted("stream_broken", "P broke off. Tried 5 times."), reply);
    assertEquals(millis(500, 1000, 2000, 4000), time.waits());
  }

  @Test
  void aRequestAfterABrokenStreamHasAllItsTriesAgain() throws InterruptedException {
    var f = failed(null);

    var reply =
        run(
            List.of(
                f, f, f, broke(), f, f, f, broke(), f, f, f, broke(), new Tried.Answered(REPLY)));

    assertEquals(REPLY, reply);
    assertEquals(
        millis(500, 1000, 2000, 500, 500, 1000, 2000, 1000, 500, 1000, 2000, 2000), time.waits());
  }

  @Test
  void noDelayIsEverLongerThanThirtySecondsAndAllAreUniform() throws InterruptedException {
    long seed = 20261122;
    var random = new Random(seed);
    var all = new ArrayList<Duration>();

    for (int i = 0; i < 400; i++) {
      var own = VirtualTime.fromNoon();
      var loop = new RetryLoop(own, random, own);
      loop.run(
          Collections.nCopies(9, broke()).iterator()::next, listener, CancellationToken.never());
      all.addAll(own.waits());
    }

    var fourth = every(4, 3, all);
    double mean = fourth.stream().mapToLong(Duration::toMillis).average().orElseThrow();
    assertTrue(fourth.stream().allMatch(d -> d.toMillis() <= 4000), "seed " + seed);
    assertTrue(Math.abs(mean - 2000) < 200, "seed " + seed + ", mean " + mean);
  }

  @Test
  void retryAfterIsKeptExactly() throws InterruptedException {
    var reply =
        run(
            List.of(
                failed(Duration.ofMillis(1234)),
                failed(Duration.ofMinutes(2)),
                failed(Duration.ZERO),
                new Tried.Answered(REPLY)));

    assertEquals(REPLY, reply);
    assertEquals(millis(1234, 120_000, 0), time.waits());
  }

  @Test
  void aLongerRetryAfterEndsTheStepAndNamesTheTime() throws InterruptedException {
    var reply = run(List.of(failed(Duration.ofMillis(120_001))));

    assertEquals(
        new ModelReply.Faulted(
            "usage_limit",
            "P answered 503. It asks to wait 120 s, until 2026-01-02T12:02:00Z."
                + " Resume then, or choose another model.",
            Instant.parse("2026-01-02T12:02:00Z")),
        reply);
    assertEquals(List.of(), time.waits());
  }

  @Test
  void whatIsHopelessIsTriedOnce() throws InterruptedException {
    var reply = run(List.of(new Tried.Hopeless("provider_access", "P answered 401.")));

    assertEquals(new ModelReply.Faulted("provider_access", "P answered 401."), reply);
    assertEquals(List.of(), listener.heard());
  }

  @Test
  void aCancelEndsTheWaitWithinTwoHundredMillis() throws InterruptedException {
    var took = new ArrayList<Duration>();
    do {
      took.add(cancelAnHour());
    } while (took.getLast().toMillis() >= 200 && took.size() < 5);

    // A busy machine may delay one round, not five.
    assertTrue(took.getLast().toMillis() < 200, "all rounds were slow: " + took);
  }

  private static Duration cancelAnHour() throws InterruptedException {
    var cancellation = new CancellationSource();
    var canceller = Thread.ofPlatform().unstarted(cancellation::cancel);
    long before = System.nanoTime();
    canceller.start();
    assertThrows(
        InterruptedException.class, () -> Pause.real().await(Duration.ofHours(1), cancellation));
    var took = Duration.ofNanos(System.nanoTime() - before);
    canceller.join();
    return took;
  }

  @Test
  void realTimeIsNeverShorterThanAsked() throws InterruptedException {
    long before = System.nanoTime();

    Pause.real().await(Duration.ofMillis(20), CancellationToken.never());

    long took = System.nanoTime() - before;
    assertTrue(took >= Duration.ofMillis(20).toNanos(), took + " ns");
  }

  @Test
  void aCancelledRunTriesNoMore() {
    var cancellation = new CancellationSource();
    cancellation.cancel();
    var loop = new RetryLoop(time, PATIENT, time);

    assertThrows(
        InterruptedException.class, () -> loop.run(() -> failed(null), listener, cancellation));
    assertEquals(List.of(), listener.heard());
  }

  private ModelReply run(List<Tried> tries) throws InterruptedException {
    Iterator<Tried> next = tries.iterator();
    return new RetryLoop(time, PATIENT, time).run(next::next, listener, CancellationToken.never());
  }

  private static Tried failed(@Nullable Duration retryAfter) {
    return new Tried.RequestFailed("provider_error", "P answered 503.", retryAfter);
  }

  private static Tried broke() {
    return new Tried.StreamBroke("P broke off.");
  }

  private static List<Duration> millis(long... millis) {
    return Arrays.stream(millis).mapToObj(Duration::ofMillis).toList();
  }

  private static List<Duration> every(int step, int from, List<Duration> all) {
    var some = new ArrayList<Duration>();
    for (int i = from; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }
}
