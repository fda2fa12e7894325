package mimo.compose;

import java.util.Map;
import java.util.Optional;

/// What a script is launched with. All of it is journaled with the run, so that a resume launches
/// the same.
///
/// @param arguments whether the run's arguments were given, or `args` is `undefined`
/// @param workspace what the script reads as `cwd`
/// @param limit what the run may spend, if anything limits it
/// @param maxAgents how many agents the run may start
/// @param maxItems how many members one `parallel`, `pipeline` or `dag` may have
/// @param dialect the habits the script is written for
/// @param agentTypes the digests of the agents that have a name, by name
public record ComposeOptions(
    Arguments arguments,
    String workspace,
    Optional<SpendingLimit> limit,
    int maxAgents,
    int maxItems,
    Dialect dialect,
    Map<String, String> agentTypes) {

  /// L99.
  public static final int DEFAULT_MAX_AGENTS = 1_000;

  /// L99.
  public static final int LARGEST_MAX_AGENTS = 100_000;

  /// L100.
  public static final int DEFAULT_MAX_ITEMS = 4_096;

  /// Whether somebody gave arguments. An explicit `null` is given too (L24).
  public enum Arguments {
    GIVEN,
    NONE
  }

  /// Options where no agent has a name.
  public ComposeOptions(
      Arguments arguments,
      String workspace,
      Optional<SpendingLimit> limit,
      int maxAgents,
      int maxItems,
      Dialect dialect) {
    this(arguments, workspace, limit, maxAgents, maxItems, dialect, Map.of());
  }

  public ComposeOptions {
    agentTypes = Map.copyOf(agentTypes);
    if (maxAgents < 1 || maxAgents > LARGEST_MAX_AGENTS) {
      throw new ComposeException(
          "bad_argument",
          "max-agents is " + maxAgents + "; it must be from 1 to " + LARGEST_MAX_AGENTS);
    }
    if (maxItems < 1) {
      throw new ComposeException(
          "bad_argument", "max-items is " + maxItems + "; it must be above 0");
    }
  }

  /// The same for a script that works in this folder of the workspace; empty for all of it.
  ComposeOptions within(String folder) {
    return folder.isEmpty()
        ? this
        : new ComposeOptions(
            arguments, workspace + "/" + folder, limit, maxAgents, maxItems, dialect, agentTypes);
  }

  /// The same for a script of this dialect.
  ComposeOptions withDialect(Dialect own) {
    return new ComposeOptions(arguments, workspace, limit, maxAgents, maxItems, own, agentTypes);
  }
}
