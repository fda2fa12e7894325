package mimo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import mimo.engine.journal.JournalEntry.Delivered;

/// What a workflow reads as time and spending: both stand still between deliveries, and neither
/// ever becomes less (L32). Confined to the run's thread.
final class LogicalClock {

  private final InstantSource world;
  private Instant clock;
  private long spent;

  /// @param begun what is read before the first delivery
  LogicalClock(InstantSource world, Instant begun) {
    this.world = world;
    this.clock = begun;
  }

  /// The world's time, but never before what the workflow has already seen.
  Instant now() {
    return atLeast(world.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  Instant atLeast(Instant time) {
    return time.isBefore(clock) ? clock : time;
  }

  long atLeast(long amount) {
    return Math.max(spent, amount);
  }

  /// The workflow reads these from here on.
  void set(Delivered delivered) {
    clock = delivered.clock();
    spent = delivered.spent();
  }
}
