package mimo.engine.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that moves when told to. Thread-safe.
public final class ManualClock implements InstantSource {

  /// Where every clock starts: a moment with milliseconds, so that truncation shows.
  public static final Instant START = Instant.parse("2026-03-01T09:00:00.123Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Moves on, or back if negative.
  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }
}
