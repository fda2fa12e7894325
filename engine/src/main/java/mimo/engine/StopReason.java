package mimo.engine;

import java.time.Duration;

/// Why a run must end before its workflow does.
sealed interface StopReason {

  /// Someone stops it for now; it can be resumed.
  record Interrupted(String code, String message) implements StopReason {}

  /// A step needs what is not to be had now; once it is, the run can be resumed.
  record Parked(ActivityResult.Suspended why) implements StopReason {}

  /// All that is open waits, and nobody watches; once something is due, the run can be resumed.
  record AtRest() implements StopReason {}

  /// Someone stops it for good.
  record Cancelled() implements StopReason {}

  /// The time of the run is used up.
  record Expired(Duration deadline) implements StopReason {}

  /// The world is broken; once it is mended the run can be resumed.
  record Broken(EngineException cause) implements StopReason {}
}
