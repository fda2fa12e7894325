package mimo.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a run stands, as any process can tell (D50).
public sealed interface RunState {

  /// A live process works on it.
  record Running() implements RunState {}

  /// It has no end and no owner: its owner died or was stopped. It can be resumed.
  record Interrupted() implements RunState {}

  /// It waits for the world outside to change, and nobody works on it. It can be resumed.
  ///
  /// @param until when it is due; null if somebody must act
  record Parked(ParkReason reason, String code, String message, @Nullable Instant until)
      implements RunState {}

  /// Somebody wanted it to stop for now, and nobody works on it. It can be resumed.
  record Paused(String code, String message) implements RunState {}

  /// The workflow returned.
  ///
  /// @param losses how much of what was asked for is missing; never shown as plain success
  record Completed(int losses) implements RunState {}

  /// The workflow failed.
  record Failed(String code) implements RunState {}

  /// Someone stopped it for good.
  record Cancelled() implements RunState {}

  /// Its journal cannot be read.
  record Damaged(String message) implements RunState {}
}
