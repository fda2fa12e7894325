package mimo.engine;

import java.time.Duration;
import java.util.List;

/// What it takes to start a run; all of it is journaled and a resume uses it unchanged (D4).
///
/// @param workflow the workflow's name, for people
/// @param scripts the texts that make up the program
/// @param arguments JSON text
/// @param options the caller's launch options as JSON text the engine does not interpret
/// @param budget what may be spent, if anything limits it
/// @param deadline how long processes may work on the run, all together (L102)
public record RunRequest(
    String workflow,
    List<ScriptDigest> scripts,
    String arguments,
    String options,
    BudgetLimit budget,
    Duration deadline) {

  public RunRequest {
    scripts = List.copyOf(scripts);
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("deadline " + deadline + " must be positive");
    }
  }

  /// A request with the usual deadline.
  public RunRequest(
      String workflow,
      List<ScriptDigest> scripts,
      String arguments,
      String options,
      BudgetLimit budget) {
    this(workflow, scripts, arguments, options, budget, EngineLimits.DEADLINE);
  }

  /// One program text.
  ///
  /// @param location where to find it again: a path, or `builtin:<name>`
  /// @param sha256 lower-case hex digest of its bytes
  public record ScriptDigest(String location, String sha256) {}
}
