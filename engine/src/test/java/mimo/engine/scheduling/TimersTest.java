package mimo.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Timers that wait in the machine's own time.
final class TimersTest {

  @ParameterizedTest
  @ValueSource(longs = {-5, 0, 1})
  void goOffOnAThreadOfTheirOwn(long millis) throws InterruptedException {
    var gone = new CountDownLatch(1);

    try (var _ = Timers.real().after(Duration.ofMillis(millis), gone::countDown)) {
      assertTrue(gone.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void doNothingOnceTheyAreClosed() throws InterruptedException {
    var went = new CompletableFuture<String>();
    var later = new CountDownLatch(1);
    var timers = Timers.real();

    timers.after(Duration.ofMillis(100), () -> went.complete("gone off")).close();
    var _ = timers.after(Duration.ofMillis(300), later::countDown);

    assertTrue(later.await(30, TimeUnit.SECONDS));
    assertEquals("still", went.getNow("still"));
  }
}
