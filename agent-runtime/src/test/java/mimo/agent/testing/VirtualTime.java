package mimo.agent.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mimo.agent.provider.retry.Pause;
import mimo.engine.CancellationToken;

/// Time that passes only when someone waits, and remembers each wait. Thread-safe.
public final class VirtualTime implements Pause, InstantSource {

  private final Instant start;
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  public VirtualTime(Instant start) {
    this.start = start;
  }

  public static VirtualTime fromNoon() {
    return new VirtualTime(Instant.parse("2026-01-02T12:00:00Z"));
  }

  @Override
  public void await(Duration delay, CancellationToken cancellation) throws InterruptedException {
    if (cancellation.isCancelled()) {
      throw new InterruptedException("cancelled");
    }
    waits.add(delay);
  }

  @Override
  public Instant instant() {
    return start.plus(waits.stream().reduce(Duration.ZERO, Duration::plus));
  }

  public List<Duration> waits() {
    return List.copyOf(waits);
  }
}
