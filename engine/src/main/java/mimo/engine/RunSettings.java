package mimo.engine;

import java.time.Duration;

/// What of a run's launch may change without changing what the run is (D19).
///
/// @param options the caller's launch options as JSON text
/// @param budget what may be spent
/// @param deadline how long processes may work on it
public record RunSettings(String options, BudgetLimit budget, Duration deadline) {

  /// Those of a request.
  public static RunSettings of(RunRequest request) {
    return new RunSettings(request.options(), request.budget(), request.deadline());
  }

  /// The request with these in place of its own.
  public RunRequest in(RunRequest request) {
    return new RunRequest(
        request.workflow(), request.scripts(), request.arguments(), options, budget, deadline);
  }
}
