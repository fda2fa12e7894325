package mimo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import mimo.agent.AgentActivity;
import mimo.agent.AgentSettings;
import mimo.agent.IsolatedActivity;
import mimo.agent.Overshoot;
import mimo.agent.ToolActivity;
import mimo.agent.file.NarrowedActivity;
import mimo.agent.file.PathGuard;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.quota.Quotas;
import mimo.agent.question.Asker;
import mimo.agent.session.SessionFact.WorktreeName;
import mimo.agent.snapshot.Worktrees;
import mimo.cli.run.RunOptions;
import mimo.cli.terminal.Audience;
import mimo.engine.Activity;
import mimo.engine.Engine;
import mimo.engine.StepKind;
import org.jspecify.annotations.Nullable;

/// What performs the steps of runs: their agents, tools and files. Thread-safe.
///
/// @param judgeModel who judges whether goals are met; null for whoever works towards them
/// @param overshoot how far agents may pass a budget
record Crews(
    Premises premises,
    Models models,
    Notices notices,
    @Nullable String judgeModel,
    Overshoot overshoot) {

  /// What all agents of a run have in common.
  record Crew(RunOptions options, Audience audience, Quotas quotas) {}

  /// What performs each kind of step but nested runs.
  Map<StepKind, Activity> activities(Crew crew) {
    var guard = premises.guard(crew.options().workspace());
    var agents =
        NarrowedActivity.toFolders(
            guard, folder -> agents(folder, crew, () -> premises.worktrees(guard.root())));
    return Map.of(
        StepKind.AGENT,
        agents,
        StepKind.CONTINUE,
        agents,
        StepKind.FILE,
        new NarrowedActivity(guard, premises::files),
        StepKind.TOOL,
        new NarrowedActivity(guard, folder -> tools(folder, crew)));
  }

  /// Copies of the repository that a killed process left: whatever is new in them is kept, but
  /// those of runs that can be resumed are theirs.
  void recover(Path workspace, Engine engine) {
    if (Worktrees.wereMadeIn(premises.worktreesFolder())) {
      premises
          .worktrees(premises.guard(workspace).root())
          .ifPresent(worktrees -> recover(worktrees, engine));
    }
  }

  private void recover(Worktrees worktrees, Engine engine) {
    try {
      for (var kept : worktrees.recover(new Unfinished(engine))) {
        notices.tell(
            "A run that was cut off left changes on the branch %s, in %s."
                .formatted(kept.branch(), kept.directory()));
      }
    } catch (IOException broken) {
      notices.tell("What runs that were cut off left cannot be looked at: " + broken.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private ToolActivity tools(PathGuard guard, Crew crew) {
    return new ToolActivity(
        premises.authority(guard, crew.options().granted()),
        premises.workbench(guard, Asker.nobody()),
        System::nanoTime);
  }

  private Activity agents(PathGuard guard, Crew crew, Supplier<Optional<Worktrees>> worktrees) {
    var settings =
        settings(guard, crew).withAuthority(premises.authority(guard, crew.options().granted()));
    return new IsolatedActivity(
        guard.root(),
        worktrees,
        (folder, worktree) -> isolated(premises.guard(folder), worktree, guard, crew),
        crew.audience(),
        agents(guard, guard, premises.shell(guard), settings, crew));
  }

  /// One agent in a worktree, with the permissions that were given for the workspace.
  private AgentActivity isolated(
      PathGuard guard, WorktreeName worktree, PathGuard workspace, Crew crew) {
    var shell = premises.freshShell(guard.root());
    var settings =
        settings(guard, crew)
            .withRecall(premises.memories().recall(workspace.root()))
            .withRebuilding(premises.memories().rebuilding(workspace.root()))
            .withAuthority(
                premises.authority(
                    guard.root(), workspace.root(), shell::shelter, crew.options().granted()))
            .withWorktree(worktree);
    return agents(guard, workspace, shell, settings, crew);
  }

  private AgentSettings settings(PathGuard guard, Crew crew) {
    return AgentSettings.in(guard.root())
        .withInstructions(premises.told(guard))
        .withRecall(premises.memories().recall(guard.root()))
        .withGoals((authority, own) ->
            Optional.of(
                premises.goals(guard, authority, Asker.nobody(), () -> judge(guard, own, crew))))
        .withRebuilding(premises.memories().rebuilding(guard.root()))
        .withModel(crew.options().model())
        .withAgents(crew.options().everyAgent())
        .withUnmapped(crew.options().unmapped())
        .withScriptModels(crew.options().scriptModels())
        .withOvershoot(overshoot);
  }

  /// Who judges in a run is who would when it began.
  private Resolution judge(PathGuard guard, Resolution.Resolved own, Crew crew) {
    var wanted = judgeModel;
    return wanted == null
        ? own
        : crew.quotas().over(models.catalog(guard, crew.options().names())).resolve(wanted);
  }

  private AgentActivity agents(
      PathGuard guard, PathGuard workspace, CommandShell shell, AgentSettings settings, Crew crew) {
    return new AgentActivity(
        settings,
        crew.quotas().over(models.catalog(guard, crew.options().names())),
        premises.workbench(guard, workspace, shell, Asker.nobody()),
        crew.audience(),
        System::nanoTime);
  }
}
