package mimo.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.ToolSource;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;
import mimo.agent.session.ConversationRecord;
import mimo.agent.subagent.SubagentTool;
import mimo.agent.subagent.Subagents;
import mimo.agent.subagent.Workplace;
import mimo.agent.tool.Tool;
import mimo.agent.tool.Toolbox;
import mimo.cli.command.SessionDesk.Company;
import mimo.engine.SessionId;

/// What the agent of a session has beyond the tools of all agents: others who work for it. Agents
/// of runs, and those others, do not (L87).
///
/// @param agents those that files define, by name
record Delegation(
    LocalSessions.Workshop workshop,
    SessionTools tools,
    Map<String, AgentDefinition> agents,
    Company company) {

  /// Of these a model is told; it reaches the rest through `tools` (A35).
  private static final Set<String> LISTED =
      Set.of(
          "bash",
          "read",
          "write",
          "edit",
          "glob",
          "grep",
          "task",
          "agent",
          "workflow",
          "skill",
          "question");

  /// The tools of a session's agent.
  ///
  /// @param box those of all agents
  /// @param authority what it may do
  /// @param model who thinks for it
  Toolbox over(
      Toolbox box,
      SessionId session,
      ConversationRecord record,
      Authority authority,
      Resolution.Resolved model) {
    var subagents = tools.subagents(session, () -> subagents(session, record));
    var more = new ArrayList<Tool>();
    more.add(new SubagentTool(subagents, authority, model.reference()));
    return listed(box.and(List.copyOf(more)).hearing(subagents));
  }

  /// The same tools, of which a model is told of the usual ones.
  static Toolbox listed(Toolbox box) {
    return box.listing(LISTED::contains);
  }

  private Subagents subagents(SessionId session, ConversationRecord record) {
    var guard = workshop.guard();
    // Read when the first of them begins: most sessions have none.
    ToolSource theirs = situation -> listed(workshop.tools(guard, Asker.nobody()).open(situation));
    var place =
        new Workplace(
            guard.root(),
            agents,
            () -> workshop.instructed(guard),
            workshop::model,
            theirs,
            System::nanoTime);
    return Subagents.of(session, record.facts(), place, workshop.sessions(), company.listener());
  }
}
