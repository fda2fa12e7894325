package mimo.engine;

import java.util.Optional;

/// Performs the steps of one [StepKind]; the only place where a run has effects.
///
/// Implementations are thread-safe: many steps run at once, each on a virtual thread of its own.
public interface Activity {

  /// Performs one step and returns how it ended. Expected failures are values
  /// ([ActivityResult.Failed]); an exception is a defect and becomes `internal`.
  ///
  /// Runs at least once for a step: after a crash a step without a journaled result starts again.
  ///
  /// @throws InterruptedException if the run is being stopped
  ActivityResult perform(ActivityRequest request, ActivityContext context)
      throws InterruptedException;

  /// What the recorded result of a step tells of and that is not there any more, in words for the
  /// user; empty if the result holds (D24).
  ///
  /// Asked of every recorded result before anything is spent, so it has to be quick.
  ///
  /// @param value the result as JSON text, as it is stored
  default Optional<String> missing(ActivityRequest request, String value) {
    return Optional.empty();
  }
}
