package mimo.engine;

import java.util.List;

/// What it takes to start a run; all of it is journaled and a resume uses it unchanged (D4).
///
/// @param workflow the workflow's name, for people
/// @param scripts the texts that make up the program
/// @param arguments JSON text
/// @param options the caller's launch options as JSON text the engine does not interpret
/// @param budget what may be spent, if anything limits it
public record RunRequest(
    String workflow,
    List<ScriptDigest> scripts,
    String arguments,
    String options,
    BudgetLimit budget) {

  public RunRequest {
    scripts = List.copyOf(scripts);
  }

  /// One program text.
  ///
  /// @param location where to find it again: a path, or `builtin:<name>`
  /// @param sha256 lower-case hex digest of its bytes
  public record ScriptDigest(String location, String sha256) {}
}
