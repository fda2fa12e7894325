package mimo.agent.definition;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The agents that come with mimo. All agents of a workflow only look at the workspace so far, so
/// these differ by what they are told.
public final class BuiltinAgents {

  private static final String EXPLORE =
      "Find what the task asks for and report where it is: paths and lines. Do not judge it unless"
          + " you are asked to.";

  private static final String PLAN =
      "Work out how the task can be done: the steps in their order, the files each one touches, and"
          + " what could go wrong. Do not do it.";

  private static final Set<String> LOOKING = Set.of("explore", "plan");

  private BuiltinAgents() {}

  /// All of them, also under the names they have in scripts that were written elsewhere.
  public static List<AgentDefinition> all() {
    return List.of(
        agent("general", "Any task.", ""),
        agent("general-purpose", "The same as general.", ""),
        agent("explore", "Finds things in the workspace.", EXPLORE),
        agent("Explore", "The same as explore.", EXPLORE),
        agent("plan", "Works out how something can be done.", PLAN),
        agent("Plan", "The same as plan.", PLAN));
  }

  /// Whether the agent of this name changes nothing, whoever defines it (A40).
  ///
  /// @param name null for an agent without one
  public static boolean onlyLooks(@Nullable String name) {
    return name != null && LOOKING.contains(name.toLowerCase(Locale.ROOT));
  }

  private static AgentDefinition agent(String name, String description, String prompt) {
    return new AgentDefinition(
        name, description, null, null, ToolChoice.ALL, prompt, AgentDefinition.digest(prompt));
  }
}
