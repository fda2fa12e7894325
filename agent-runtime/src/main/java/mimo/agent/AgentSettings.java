package mimo.agent;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What all agents of a process share.
///
/// @param workspace the folder they work in, as models are told
/// @param model the model of agents that name none; null leaves the choice to the resolver
/// @param maxTurns requests one agent may make
public record AgentSettings(Path workspace, @Nullable String model, int maxTurns) {

  public AgentSettings {
    if (maxTurns < 1 || maxTurns > AgentLimits.TURNS) {
      throw new IllegalArgumentException(
          "max turns " + maxTurns + " must lie between 1 and " + AgentLimits.TURNS);
    }
  }

  /// Settings with every default.
  public static AgentSettings in(Path workspace) {
    return new AgentSettings(workspace, null, AgentLimits.TURNS);
  }

  public AgentSettings withModel(@Nullable String other) {
    return new AgentSettings(workspace, other, maxTurns);
  }

  public AgentSettings withMaxTurns(int other) {
    return new AgentSettings(workspace, model, other);
  }
}
