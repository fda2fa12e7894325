package mimo.cli.session;

import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.ToolSource;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.AgentTraits.Rights;
import mimo.agent.definition.ToolChoice;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;
import mimo.agent.session.ConversationRecord;
import mimo.agent.subagent.ParentRights;
import mimo.agent.subagent.SubagentTool;
import mimo.agent.subagent.Subagents;
import mimo.agent.subagent.Workplace;
import mimo.agent.tool.Toolbox;
import mimo.agent.workflow.SessionRuns;
import mimo.agent.workflow.WorkflowLauncher;
import mimo.agent.workflow.WorkflowTool;
import mimo.cli.command.SessionDesk.Company;
import mimo.engine.SessionId;
import org.jspecify.annotations.Nullable;

/// What the agent of a session has beyond the tools of all agents: others who work for it. Agents
/// of runs, and those others, do not (L87).
///
/// @param agents those that files define, by name
record Delegation(
    LocalSessions.Workshop workshop,
    Opening.Means means,
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

  /// Who has others work for it.
  ///
  /// @param definition null for the usual one
  /// @param authority what it may do
  record Agent(
      SessionId session,
      @Nullable AgentDefinition definition,
      Authority authority,
      Resolution.Resolved model) {

    /// Agents of workflows have the rights of any agent. Who has fewer must not get round that by a
    /// workflow (A40, A41).
    boolean hasAllRights() {
      return definition == null
          || (definition.traits().rights() == Rights.USUAL
              && definition.traits().permissions().isEmpty()
              && definition.tools().isAll());
    }

    ParentRights rights() {
      return new ParentRights(authority, definition == null ? ToolChoice.ALL : definition.tools());
    }
  }

  /// The tools of a session's agent.
  ///
  /// @param box those of all agents
  Toolbox over(Toolbox box, Agent agent, ConversationRecord record) {
    var reference = agent.model().reference();
    var subagents =
        means.tools().subagents(agent.session(), () -> subagents(agent.session(), record));
    var others = box.and(List.of(new SubagentTool(subagents, agent.rights(), reference)));
    var workflows = means.workflows();
    if (workflows == null || !agent.hasAllRights()) {
      return listed(others.hearing(subagents));
    }
    var launcher = launcher(workflows, reference);
    var runs =
        means
            .tools()
            .runs(
                agent.session(),
                () -> SessionRuns.of(record.facts(), launcher, company.listener()));
    return listed(
        others.and(List.of(new WorkflowTool(runs, launcher))).hearing(subagents.and(runs)));
  }

  private WorkflowLauncher launcher(LocalSessions.Workflows workflows, String model) {
    var guard = workshop.guard();
    var here = workflows.scripts().in(guard.root());
    return new LocalWorkflows(workflows.runs(), here, guard, model, company.asker());
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
            workshop.recall(guard),
            workshop::model,
            theirs,
            workshop.subagentDepth(),
            workshop.rebuilding(guard),
            System::nanoTime);
    return Subagents.of(session, record.facts(), place, workshop.sessions(), company.listener());
  }
}
