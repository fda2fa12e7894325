package mimo.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.ToolSource;
import mimo.agent.TurnWatch;
import mimo.agent.checkpoint.Checkpoints;
import mimo.agent.checkpoint.SessionCheckpoints;
import mimo.agent.command.BashTool;
import mimo.agent.context.InstructedReads;
import mimo.agent.context.Instructions;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.history.History;
import mimo.agent.history.HistoryTool;
import mimo.agent.history.OwnMessages;
import mimo.agent.hook.HookSet;
import mimo.agent.mcp.McpServers;
import mimo.agent.memory.Heard;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemorySearch;
import mimo.agent.memory.MemoryTool;
import mimo.agent.memory.Source;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.question.Asker;
import mimo.agent.question.QuestionTool;
import mimo.agent.skill.SkillTool;
import mimo.agent.skill.Skills;
import mimo.agent.task.TaskProgress;
import mimo.agent.task.TaskTool;
import mimo.agent.tool.EditTool;
import mimo.agent.tool.GlobTool;
import mimo.agent.tool.GrepTool;
import mimo.agent.tool.MultiEditTool;
import mimo.agent.tool.Need;
import mimo.agent.tool.ReadTool;
import mimo.agent.tool.Readings;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.agent.tool.Toolbox;
import mimo.agent.tool.WriteTool;
import mimo.agent.web.WebClient;
import mimo.agent.web.WebFetchTool;

/// Lays out the tools of agents in one workspace. Thread-safe.
final class Workbench implements ToolSource {

  private final PathGuard guard;
  private final FileReplacement files;
  private final Instructions instructions;
  private final Machine machine;
  private final Remembered remembered;
  private final Extensions extensions;
  private final Asker asker;

  /// What the tools of all workspaces share.
  ///
  /// @param spills the full texts of outputs that are too long
  /// @param web the way to pages
  /// @param shell how commands run; asked for once an agent has a need of it
  /// @param servers what those of others can do
  /// @param after done once an agent has ended
  record Machine(
      SpillFiles spills, WebClient web, CommandShell shell, McpServers servers, Runnable after) {}

  /// What is known from earlier.
  ///
  /// @param clock tells when something is said that is in no session
  record Remembered(
      Memory memory,
      MemorySearch search,
      History history,
      Checkpoints checkpoints,
      InstantSource clock) {}

  /// What people have laid into folders for agents.
  record Extensions(Skills skills, HookSet hooks) {}

  Workbench(
      PathGuard guard,
      FileReplacement files,
      Instructions instructions,
      Machine machine,
      Remembered remembered,
      Extensions extensions,
      Asker asker) {
    this.guard = guard;
    this.files = files;
    this.instructions = instructions;
    this.machine = machine;
    this.remembered = remembered;
    this.extensions = extensions;
    this.asker = asker;
  }

  @Override
  public Toolbox open(Situation situation) {
    var readings = new Readings();
    var read = new ReadTool(guard, readings, machine.spills());
    var tools = new ArrayList<Tool>();
    tools.add(new InstructedReads(read, guard, instructions.deeper()));
    tools.add(new GlobTool(guard));
    tools.add(new GrepTool(guard, path -> isOpen(situation, path), machine.spills()));
    tools.add(new WriteTool(guard, files, readings));
    tools.add(new EditTool(guard, files, readings));
    tools.add(new MultiEditTool(guard, files, readings));
    var bash = machine.shell().bash();
    Runnable closing = machine.after();
    if (bash.isPresent()) {
      var session = new ShellSession(machine.shell(), situation.authority(), machine.spills());
      tools.add(new BashTool(guard, bash.get(), session));
      closing =
          () -> {
            session.close();
            machine.after().run();
          };
    }
    var said = situation.said();
    var recorded = situation.recorded();
    var heard = situation.kept().of(Heard.class, () -> Heard.before(said, recorded));
    tools.add(heard.listening(new WebFetchTool(machine.web()), Source.WEB));
    // A step of a run is named with a stroke, which no folder may have.
    var session = situation.who().session().replace('/', '-');
    var checkpoints =
        situation
            .kept()
            .of(SessionCheckpoints.class, () -> remembered.checkpoints().of(session, recorded));
    var owner = new MemoryTool.Owner(session, situation.turn(), heard);
    tools.add(new MemoryTool(remembered.memory(), remembered.search(), owner));
    var own =
        situation.who().kind() == ToolSource.Who.Kind.WORKFLOWS
            ? new OwnMessages(session, remembered.clock(), checkpoints)
            : null;
    tools.add(new HistoryTool(remembered.history(), owner, own));
    var tasks = situation.kept().of(TaskTool.class, () -> TaskTool.after(said, recorded));
    tools.add(
        session.isEmpty() ? tasks : tasks.noting(new TaskProgress(remembered.memory(), owner)));
    tools.add(new SkillTool(extensions.skills(), guard.root(), machine.spills()));
    tools.add(new QuestionTool(asker));
    var place = situation.authority().place();
    return Toolbox.of(List.copyOf(tools))
        .reaching(heard.listening(machine.servers().reach(place.sheltering())))
        // Those that tell what other agents said come later.
        .joinedBy(heard::listening)
        .closedBy(closedAfter(checkpoints, closing))
        .watchedBy(session.isEmpty() ? TurnWatch.NOBODY : own == null ? checkpoints : own)
        .hookedBy(extensions.hooks().by(situation.who(), guard.root()));
  }

  private static Runnable closedAfter(SessionCheckpoints checkpoints, Runnable closing) {
    return () -> {
      try (checkpoints) {
        closing.run();
      }
    };
  }

  private static boolean isOpen(Situation situation, String path) {
    var reading = new Call("grep", Effect.READS, List.of(new Need.Read(path)));
    return situation.authority().permissions().rule(reading).decision() == Decision.ALLOW;
  }
}
