package mimo.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long somebody waits for work: until its time is over, or until it has been silent for too
/// long (L76). Begins when it is made. Thread-safe.
final class Patience {

  private final @Nullable Duration limit;
  private final @Nullable Duration stall;
  private final long started = System.nanoTime();
  private volatile long heard = started;

  /// @param limit for all of it; null for ever
  /// @param stall between two signs of life; null for ever
  Patience(@Nullable Duration limit, @Nullable Duration stall) {
    this.limit = limit;
    this.stall = stall;
  }

  /// A sign of life.
  void heard() {
    heard = System.nanoTime();
  }

  /// How many nanoseconds to wait before looking again; none if it is over.
  long left() {
    return Math.max(0, Math.min(left(limit, started), left(stall, heard)));
  }

  /// Whether it was the silence that lasted too long, not the whole.
  boolean endedBySilence() {
    return left(limit, started) > 0;
  }

  private static long left(@Nullable Duration most, long since) {
    return most == null ? Long.MAX_VALUE : most.toNanos() - (System.nanoTime() - since);
  }

  @Nullable Duration limit() {
    return limit;
  }

  @Nullable Duration stall() {
    return stall;
  }
}
