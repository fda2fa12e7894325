package mimo.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Test;

final class SchedulerTest {

  private static Scheduler scheduler(int agents, int longestLine) {
    return new Scheduler(Map.of(StepKind.AGENT, new Limit("agents", agents)), longestLine);
  }

  @Test
  void neverRunsMoreThanItsLimitAllows() throws InterruptedException {
    var scheduler = scheduler(3, 1_000);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new CountDownLatch(500);

    for (var i = 0; i < 500; i++) {
      scheduler.submit(
          StepKind.AGENT,
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            running.decrementAndGet();
            done.countDown();
          });
    }
    done.await();

    assertTrue(most.get() <= 3, most + " ran at once");
  }

  @Test
  void startsInTheOrderInWhichTheyCame() throws InterruptedException {
    var scheduler = scheduler(1, 1_000);
    var order = Collections.synchronizedList(new ArrayList<Integer>());
    var done = new CountDownLatch(100);

    for (var i = 0; i < 100; i++) {
      var n = i;
      scheduler.submit(
          StepKind.AGENT,
          () -> {
            order.add(n);
            done.countDown();
          });
    }
    done.await();

    assertEquals(java.util.stream.IntStream.range(0, 100).boxed().toList(), List.copyOf(order));
  }

  @Test
  void refusesWhatTheLineHasNoRoomForAndRunsTheRest() throws InterruptedException {
    var scheduler = scheduler(1, 2);
    var go = new CountDownLatch(1);
    var done = new CountDownLatch(2);
    scheduler.submit(StepKind.AGENT, () -> await(go));
    assertTrue(scheduler.submit(StepKind.AGENT, done::countDown).isPresent());
    assertTrue(scheduler.submit(StepKind.AGENT, done::countDown).isPresent());

    assertTrue(scheduler.submit(StepKind.AGENT, done::countDown).isEmpty());

    go.countDown();
    done.await();
  }

  @Test
  void cancelsWhatWaitsAndInterruptsWhatRuns() throws InterruptedException {
    var scheduler = scheduler(1, 10);
    var begun = new CountDownLatch(1);
    var ran = new AtomicInteger();
    var running =
        scheduler
            .submit(
                StepKind.AGENT,
                () -> {
                  begun.countDown();
                  await(new CountDownLatch(1));
                })
            .orElseThrow();
    var waiting = scheduler.submit(StepKind.AGENT, ran::incrementAndGet).orElseThrow();
    begun.await();

    waiting.cancel();
    running.cancel();

    assertTrue(running.awaitEnd(Duration.ofSeconds(10)));
    assertTrue(waiting.awaitEnd(Duration.ofSeconds(10)));
    var last = new CountDownLatch(1);
    scheduler.submit(StepKind.AGENT, last::countDown);
    last.await();
    assertEquals(0, ran.get());
  }

  @Test
  void startsNothingOnceClosed() {
    var scheduler = scheduler(1, 10);

    scheduler.close();

    assertTrue(scheduler.submit(StepKind.FILE, () -> {}).isEmpty());
  }

  @Test
  void sharesThePermitsOfEqualLimits() throws InterruptedException {
    var shared = new Limit("all", 1);
    var scheduler = new Scheduler(Map.of(StepKind.AGENT, shared, StepKind.FILE, shared), 10);
    var go = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    scheduler.submit(
        StepKind.AGENT,
        () -> {
          begun.countDown();
          await(go);
        });
    begun.await();
    var second = new CountDownLatch(1);
    scheduler.submit(StepKind.FILE, second::countDown);

    assertFalse(second.await(1, java.util.concurrent.TimeUnit.MILLISECONDS));
    go.countDown();
    second.await();
  }

  @Test
  void refusesALimitOfNothing() {
    var refused = assertThrows(IllegalArgumentException.class, () -> new Limit("agents", 0));

    assertEquals("limit 'agents' has 0 permits, it needs at least 1", refused.getMessage());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
