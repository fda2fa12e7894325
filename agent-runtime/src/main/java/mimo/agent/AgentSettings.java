package mimo.agent;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.goal.GoalGround;
import mimo.agent.memory.Recall;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.session.SessionFact.WorktreeName;
import org.jspecify.annotations.Nullable;

/// What all agents of a process share.
///
/// @param workspace the folder they work in, as models are told
/// @param model the model of agents that name none; null leaves the choice to the resolver
/// @param maxTurns requests one agent may make
/// @param agents the agents that have a name
/// @param unmapped what a model's name that is not mapped comes to
/// @param scriptModels what a model comes to that a script run by another one has
/// @param authority what agents may do; those that only look may do less
/// @param instructions what people wrote in files for whoever works here (A36); empty if nothing
/// @param worktree what `workspace` is if it is a copy of a repository; null if it is none
/// @param recall what of the memory agents begin with
/// @param goals where agents work towards goals
/// @param rebuilding how they go on when what was said has become too long
/// @param overshoot how far they may pass what they may spend
public record AgentSettings(
    Path workspace,
    @Nullable String model,
    int maxTurns,
    Map<String, AgentDefinition> agents,
    Unmapped unmapped,
    ScriptModels scriptModels,
    Authority authority,
    String instructions,
    @Nullable WorktreeName worktree,
    Recall recall,
    Goals goals,
    Rebuilding rebuilding,
    Overshoot overshoot) {

  /// Where agents work towards goals.
  @FunctionalInterface
  public interface Goals {

    /// Nowhere: an agent with a goal is refused.
    Goals NONE = (_, _) -> Optional.empty();

    /// @param authority the agent's own
    /// @param model who thinks; judges, too, if the user has chosen no other
    Optional<GoalGround> ground(Authority authority, Resolution.Resolved model);
  }

  /// What becomes of an agent whose model's name means nothing here (L71).
  public enum Unmapped {
    /// It works with the run's own model, and that is told once.
    USES_THE_RUNS_MODEL,

    /// It does not begin.
    REFUSED
  }

  /// Whether the model that a script run by another one has for its agents counts.
  public enum ScriptModels {
    COUNT,

    /// The user has chosen the model of the whole run.
    YIELD
  }

  public AgentSettings {
    if (maxTurns < 1 || maxTurns > AgentLimits.TURNS) {
      throw new IllegalArgumentException(
          "max turns " + maxTurns + " must lie between 1 and " + AgentLimits.TURNS);
    }
    agents = Map.copyOf(agents);
  }

  /// Settings with every default.
  public static AgentSettings in(Path workspace) {
    return new AgentSettings(
        workspace,
        null,
        AgentLimits.TURNS,
        Map.of(),
        Unmapped.USES_THE_RUNS_MODEL,
        ScriptModels.COUNT,
        Authority.headless(workspace),
        "",
        null,
        Recall.NOTHING,
        Goals.NONE,
        Rebuilding.plain(),
        Overshoot.ONE_REQUEST);
  }

  public AgentSettings withModel(@Nullable String other) {
    return but(copy -> copy.model = other);
  }

  public AgentSettings withMaxTurns(int other) {
    return but(copy -> copy.maxTurns = other);
  }

  public AgentSettings withAgents(Map<String, AgentDefinition> others) {
    return but(copy -> copy.agents = others);
  }

  public AgentSettings withUnmapped(Unmapped other) {
    return but(copy -> copy.unmapped = other);
  }

  public AgentSettings withScriptModels(ScriptModels other) {
    return but(copy -> copy.scriptModels = other);
  }

  public AgentSettings withAuthority(Authority other) {
    return but(copy -> copy.authority = other);
  }

  public AgentSettings withInstructions(String others) {
    return but(copy -> copy.instructions = others);
  }

  public AgentSettings withWorktree(WorktreeName other) {
    return but(copy -> copy.worktree = other);
  }

  public AgentSettings withRecall(Recall other) {
    return but(copy -> copy.recall = other);
  }

  public AgentSettings withGoals(Goals others) {
    return but(copy -> copy.goals = others);
  }

  public AgentSettings withRebuilding(Rebuilding other) {
    return but(copy -> copy.rebuilding = other);
  }

  public AgentSettings withOvershoot(Overshoot other) {
    return but(copy -> copy.overshoot = other);
  }

  private AgentSettings but(Consumer<Copy> change) {
    var copy = new Copy(this);
    change.accept(copy);
    return copy.settings();
  }

  /// Settings of which one is about to change.
  private static final class Copy {
    private final Path workspace;
    private @Nullable String model;
    private int maxTurns;
    private Map<String, AgentDefinition> agents;
    private Unmapped unmapped;
    private ScriptModels scriptModels;
    private Authority authority;
    private String instructions;
    private @Nullable WorktreeName worktree;
    private Recall recall;
    private Goals goals;
    private Rebuilding rebuilding;
    private Overshoot overshoot;

    Copy(AgentSettings from) {
      workspace = from.workspace;
      model = from.model;
      maxTurns = from.maxTurns;
      agents = from.agents;
      unmapped = from.unmapped;
      scriptModels = from.scriptModels;
      authority = from.authority;
      instructions = from.instructions;
      worktree = from.worktree;
      recall = from.recall;
      goals = from.goals;
      rebuilding = from.rebuilding;
      overshoot = from.overshoot;
    }

    AgentSettings settings() {
      return new AgentSettings(
          workspace,
          model,
          maxTurns,
          agents,
          unmapped,
          scriptModels,
          authority,
          instructions,
          worktree,
          recall,
          goals,
          rebuilding,
          overshoot);
    }
  }
}
