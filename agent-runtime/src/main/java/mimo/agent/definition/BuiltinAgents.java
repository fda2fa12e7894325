package mimo.agent.definition;

import java.util.List;
import mimo.agent.definition.AgentTraits.Mode;
import mimo.agent.definition.AgentTraits.Rights;
import org.jspecify.annotations.Nullable;

/// The agents that come with mimo (A39).
public final class BuiltinAgents {

  private static final String BUILD =
      "Do what the task asks, and nothing besides. Read before you change; write as the code around"
          + " it is written. When you have changed something, check it by the narrowest build or"
          + " test that can fail. Say what you changed, what you checked, and what is left open.";

  private static final String COMPOSE =
      "Work by a workflow: first write a Compose script that splits the task among agents, run it"
          + " with the workflow tool, then build on its result. Such a script begins with export"
          + " const meta = { name, description } and uses await agent(prompt, { schema }),"
          + " parallel(list of functions) and pipeline(items, stages); what it returns is its"
          + " result. Give each agent all it needs to know. What one agent can do by itself, do"
          + " yourself.";

  private static final String EXPLORE =
      "Find what the task asks for and report where it is: paths and lines. Do not judge it unless"
          + " you are asked to.";

  private static final String PLAN =
      "Work out how the task can be done: the steps in their order, the files each one touches, and"
          + " what could go wrong. Do not do it.";

  private static final AgentTraits LOOKING = AgentTraits.USUAL.readOnly();

  private BuiltinAgents() {}

  /// Those that workflows and other agents may call for, also under the names they have in scripts
  /// that were written elsewhere.
  public static List<AgentDefinition> all() {
    var sub = AgentTraits.USUAL.with(Mode.SUBAGENT);
    return List.of(
        agent("general", "Any task.", "", sub),
        agent("general-purpose", "The same as general.", "", sub),
        agent("explore", "Finds things in the workspace.", EXPLORE, LOOKING.with(Mode.SUBAGENT)),
        agent("Explore", "The same as explore.", EXPLORE, LOOKING.with(Mode.SUBAGENT)),
        agent("plan", "Works out how something can be done.", PLAN, LOOKING),
        agent("Plan", "The same as plan.", PLAN, LOOKING.with(Mode.SUBAGENT)));
  }

  /// Those a session may have, the usual one first.
  public static List<AgentDefinition> primary() {
    return List.of(
        agent("build", "Does the task.", BUILD, AgentTraits.USUAL.with(Mode.PRIMARY)),
        agent("plan", "Works out how something can be done.", PLAN, LOOKING),
        agent("compose", "Works by a workflow.", COMPOSE, AgentTraits.USUAL.with(Mode.PRIMARY)));
  }

  /// Whether an agent of this name only looks, whoever defines it (A40).
  ///
  /// @param name null for an agent without one
  public static boolean onlyLooks(@Nullable String name) {
    return all().stream()
        .anyMatch(
            agent -> agent.name().equals(name) && agent.traits().rights() == Rights.READ_ONLY);
  }

  private static AgentDefinition agent(
      String name, String description, String prompt, AgentTraits traits) {
    return new AgentDefinition(
        name,
        description,
        null,
        null,
        ToolChoice.ALL,
        prompt,
        AgentDefinition.digest(prompt),
        traits);
  }
}
