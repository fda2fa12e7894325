package mimo.agent;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    Rebuilding rebuilding) {

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
        Rebuilding.plain());
  }

  public AgentSettings withModel(@Nullable String other) {
    return new AgentSettings(
        workspace,
        other,
        maxTurns,
        agents,
        unmapped,
        scriptModels,
        authority,
        instructions,
        worktree,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withMaxTurns(int other) {
    return new AgentSettings(
        workspace,
        model,
        other,
        agents,
        unmapped,
        scriptModels,
        authority,
        instructions,
        worktree,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withAgents(Map<String, AgentDefinition> others) {
    return new AgentSettings(
        workspace,
        model,
        maxTurns,
        others,
        unmapped,
        scriptModels,
        authority,
        instructions,
        worktree,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withUnmapped(Unmapped other) {
    return new AgentSettings(
        workspace,
        model,
        maxTurns,
        agents,
        other,
        scriptModels,
        authority,
        instructions,
        worktree,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withScriptModels(ScriptModels other) {
    return new AgentSettings(
        workspace,
        model,
        maxTurns,
        agents,
        unmapped,
        other,
        authority,
        instructions,
        worktree,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withAuthority(Authority other) {
    return new AgentSettings(
        workspace,
        model,
        maxTurns,
        agents,
        unmapped,
        scriptModels,
        other,
        instructions,
        worktree,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withInstructions(String others) {
    return new AgentSettings(
        workspace,
        model,
        maxTurns,
        agents,
        unmapped,
        scriptModels,
        authority,
        others,
        worktree,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withWorktree(WorktreeName other) {
    return new AgentSettings(
        workspace,
        model,
        maxTurns,
        agents,
        unmapped,
        scriptModels,
        authority,
        instructions,
        other,
        recall,
        goals,
        rebuilding);
  }

  public AgentSettings withRecall(Recall other) {
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
        other,
        goals,
        rebuilding);
  }

  public AgentSettings withGoals(Goals others) {
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
        others,
        rebuilding);
  }

  public AgentSettings withRebuilding(Rebuilding other) {
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
        other);
  }
}
