package mimo.compose;

/// The limits of what a script may say; those of time and memory are the sandbox's.
public final class ComposeLimits {

  /// Lines of a run's log; further ones are dropped and counted (L106).
  public static final int LOG_LINES = 10_000;

  /// Bytes of one log line in UTF-8; longer ones are cut (L106).
  public static final int LOG_LINE_BYTES = 8 * 1024;

  /// Bytes of a run's whole log in UTF-8 (S20).
  public static final int LOG_BYTES = 4 * 1024 * 1024;

  /// Losses kept one by one; further ones are counted only under a last entry.
  public static final int LOSSES = 10_000;

  /// Budgets one script may open for its parts (L96).
  public static final int SUB_BUDGETS = 10_000;

  /// Nested workflows of one depth that run at once; further ones wait. Each has a realm in the
  /// worker's heap.
  public static final int NESTED_RUNS = 64;

  /// How deep workflows may run inside one another; the run's own script is at 0 (L101).
  public static final int NESTING_DEPTH = 8;

  private ComposeLimits() {}
}
