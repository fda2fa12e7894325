package mimo.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a run ended in this process, with what it used (unit to amount) over its whole life.
public sealed interface RunResult {

  RunId id();

  List<Loss> losses();

  Map<String, Long> usage();

  /// The workflow returned. `value` is the stored JSON text.
  record Completed(RunId id, String value, List<Loss> losses, Map<String, Long> usage)
      implements RunResult {}

  /// The workflow failed and the journal says so.
  record Failed(
      RunId id,
      String code,
      String message,
      @Nullable SourcePosition position,
      List<Loss> losses,
      Map<String, Long> usage)
      implements RunResult {}

  /// Stopped until the world outside has changed; then the run can be resumed exactly.
  ///
  /// @param code the snake_case name of what stood in the way
  /// @param until when it is due; null if somebody must act
  record Parked(
      RunId id,
      ParkReason reason,
      String code,
      String message,
      @Nullable Instant until,
      Map<String, Long> usage)
      implements RunResult {
    /// None yet: what is open may still come.
    @Override
    public List<Loss> losses() {
      return List.of();
    }
  }

  /// Stopped because somebody wanted it to, and the journal says so; it can be resumed exactly.
  ///
  /// @param code `paused`, or `interrupted` if it was a signal
  record Paused(RunId id, String code, String message, Map<String, Long> usage)
      implements RunResult {
    /// None yet: what is open may still come.
    @Override
    public List<Loss> losses() {
      return List.of();
    }
  }

  /// Stopped before its end; the journal has no end either, so the run can be resumed exactly.
  ///
  /// @param code why: `interrupted`, or the snake_case name of the fault that stopped it
  record Interrupted(
      RunId id, String code, String message, List<Loss> losses, Map<String, Long> usage)
      implements RunResult {}
}
