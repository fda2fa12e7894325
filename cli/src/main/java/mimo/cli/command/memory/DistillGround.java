package mimo.cli.command.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.distill.Existing;
import mimo.agent.distill.Ground;
import mimo.agent.history.Said;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Draft;
import mimo.agent.proposal.DraftFiles;
import mimo.agent.skill.Skill;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.command.extension.ExtensionSetting;
import mimo.cli.error.CommandException;
import mimo.cli.extension.CommandFiles;
import mimo.cli.extension.Grounds;
import mimo.cli.extension.SkillFiles;
import mimo.cli.extension.WholeFile;
import mimo.cli.memory.MemoryDesk;
import mimo.engine.EngineException;
import mimo.engine.RunKeeper;

/// What is known of the working folder before anything is proposed for it.
record DistillGround(Setting setting, MemoryDesk desk) {

  /// Nobody has written down who chose a run's arguments: an agent may have read them on a page.
  private static final Source STARTER = Source.tool("workflow");

  /// @param owner whose the proposals are to be
  Ground of(Skill.Owner owner) {
    return new Ground(owner, existing(), desk.dreams().reserved(), runs());
  }

  private List<Existing> existing() {
    var grounds = ExtensionSetting.grounds(setting);
    var all = new ArrayList<Existing>();
    for (var skill : SkillFiles.in(grounds).all()) {
      var file = skill.folder().resolve(Skill.FILE);
      all.add(
          new Existing(
              Draft.Kind.SKILL,
              skill.name(),
              skill.description(),
              skill.owner(),
              path(Draft.Kind.SKILL, skill.owner(), skill.name(), file),
              text(grounds, skill.owner(), file)));
    }
    for (var known : CommandFiles.in(grounds).all()) {
      var owner = known.owner().equals("user") ? Skill.Owner.USER : Skill.Owner.REPOSITORY;
      all.add(
          new Existing(
              Draft.Kind.COMMAND,
              known.command().name(),
              known.command().description(),
              owner,
              path(Draft.Kind.COMMAND, owner, known.command().name(), known.file()),
              text(grounds, owner, known.file())));
    }
    return all;
  }

  private static String text(Grounds grounds, Skill.Owner owner, Path file) {
    return WholeFile.text(grounds, owner, file).orElse("");
  }

  /// From its owner's outermost folder; empty if it does not really lie where drafts may.
  private String path(Draft.Kind kind, Skill.Owner owner, String name, Path file) {
    DraftFiles files = desk.dreams().distilling().files();
    try {
      var root = (owner == Skill.Owner.USER ? files.user() : files.repository()).toRealPath();
      var real = file.toRealPath();
      var path = real.startsWith(root) ? root.relativize(real).toString() : "";
      return kind.liesAt(path, owner, name) ? path : "";
    } catch (IOException gone) {
      return "";
    }
  }

  /// The workflows that ran here, as things that were said.
  private List<Said> runs() {
    var runs = setting.runs().get();
    var said = new ArrayList<Said>();
    try (var keeper = desk.runs().get()) {
      for (var run : runs.list()) {
        if (said.size() < AgentLimits.DISTILL_RUNS) {
          said(run, runs, keeper).ifPresent(said::add);
        }
      }
    } catch (EngineException unreadable) {
      throw new CommandException(unreadable.code(), String.valueOf(unreadable.getMessage()));
    }
    return said;
  }

  private Optional<Said> said(Runs.Line run, Runs runs, RunKeeper keeper) {
    var started = run.started();
    try {
      if (started == null || !runs.workspace(run.id()).equals(real(setting.scripts().folder()))) {
        return Optional.empty();
      }
      var arguments = keeper.started(run.id()).arguments();
      return Optional.of(
          new Said(
              run.id().value(),
              1,
              started,
              Ground.RUN,
              "",
              run.workflow() + " " + arguments,
              new Said.Context(0, STARTER, "")));
    } catch (EngineException | CommandException gone) {
      return Optional.empty();
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException unresolved) {
      return folder;
    }
  }
}
