package mimo.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a run must end before its workflow does.
sealed interface StopReason {

  /// Whether the run could be resumed just as it is, so that stopping it for good says more.
  default boolean isForNow() {
    return switch (this) {
      case Interrupted _, Parked _, AtRest(), Paused _ -> true;
      case Cancelled _, Expired _, Broken _ -> false;
    };
  }

  /// Someone stops it for now; it can be resumed.
  record Interrupted(String code, String message) implements StopReason {}

  /// A step needs what is not to be had now; once it is, the run can be resumed.
  record Parked(ActivityResult.Suspended why) implements StopReason {}

  /// All that is open waits, and nobody watches; once something is due, the run can be resumed.
  record AtRest() implements StopReason {}

  /// Someone wants it to stop for now and in order; the journal will say so.
  ///
  /// @param code `paused`, or `interrupted` if it was a signal
  /// @param asked null if nobody asked through the store
  record Paused(String code, String message, @Nullable Asked asked) implements StopReason {
    static Paused by(Asked asked) {
      return new Paused("paused", "Paused by " + asked.who() + ".", asked);
    }
  }

  /// Someone stops it for good.
  ///
  /// @param asked null if nobody asked through the store
  record Cancelled(@Nullable Asked asked) implements StopReason {}

  /// The time of the run is used up.
  record Expired(Duration deadline) implements StopReason {}

  /// The world is broken; once it is mended the run can be resumed.
  record Broken(EngineException cause) implements StopReason {}
}
