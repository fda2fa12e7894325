package mimo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import mimo.agent.AgentActivity;
import mimo.agent.AgentSettings;
import mimo.agent.IsolatedActivity;
import mimo.agent.ToolActivity;
import mimo.agent.ToolSource;
import mimo.agent.command.GitCommand;
import mimo.agent.command.MountPoints;
import mimo.agent.command.ScratchFolders;
import mimo.agent.context.Instructions;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.FileActivity;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.NarrowedActivity;
import mimo.agent.file.PathGuard;
import mimo.agent.file.ScriptWrites;
import mimo.agent.output.AnswersToGates;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Authority;
import mimo.agent.permission.GrantFile;
import mimo.agent.permission.PermissionRules;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.anthropic.Messages;
import mimo.agent.provider.catalog.LoopbackProbe;
import mimo.agent.provider.catalog.ModelCatalog;
import mimo.agent.provider.catalog.Watcher;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.agent.provider.openai.ChatCompletions;
import mimo.agent.provider.quota.Quotas;
import mimo.agent.provider.quota.Quotas.Standing;
import mimo.agent.provider.retry.Pause;
import mimo.agent.provider.retry.RetryLoop;
import mimo.agent.provider.wire.Wire;
import mimo.agent.question.Asker;
import mimo.agent.session.SessionFact.WorktreeName;
import mimo.agent.snapshot.Undoing;
import mimo.agent.snapshot.Worktrees;
import mimo.agent.tool.SpillFiles;
import mimo.agent.web.WebClient;
import mimo.cli.config.Configuration;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import mimo.cli.run.ErasedFolder;
import mimo.cli.run.LocalRuns;
import mimo.cli.run.ModelNames;
import mimo.cli.run.RunOptions;
import mimo.cli.script.Admission;
import mimo.cli.script.AgentFiles;
import mimo.cli.script.WorkflowFolder;
import mimo.cli.session.LocalSessions;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.engine.Activity;
import mimo.engine.Attendance;
import mimo.engine.Engine;
import mimo.engine.EngineLimits;
import mimo.engine.EnginePorts;
import mimo.engine.RunKeeper;
import mimo.engine.StepKind;
import mimo.engine.Waiting;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.scheduling.Limit;
import mimo.engine.scheduling.Scheduler;
import mimo.engine.scheduling.Timers;
import mimo.engine.session.Sessions;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/// The composition root: here the rooms are joined, by `new` and nothing else.
///
/// Each thing is made when it is first needed: a run needs a model and a worker, a list of runs
/// needs the store alone.
final class House implements LocalRuns.Workshop, LocalSessions.Workshop {

  private final Surroundings surroundings;
  private final Folders folders;
  private final Configuration configuration;
  private final InstantSource clock = InstantSource.system();
  private final RandomGenerator random = new SecureRandom();
  private final HttpTransport http = new HttpTransport();

  /// One for the process: were its file closed anywhere, all of them would be lost.
  private final FileLocks fileLocks;

  private final CommandShell.Grounds grounds;
  private final AtomicBoolean tidied = new AtomicBoolean();
  private final Map<Path, CommandShell> shells = new ConcurrentHashMap<>();
  private final Map<Path, Optional<Worktrees>> worktrees = new ConcurrentHashMap<>();

  /// What the process finds around itself.
  record Surroundings(
      Path folder,
      Map<String, String> environment,
      HeadStart ahead,
      Terminal terminal,
      Notices notices,
      Admission admission) {}

  House(Surroundings surroundings, Folders folders, Configuration configuration) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.configuration = configuration;
    this.fileLocks = new FileLocks(folders.data().resolve("files.lock"));
    this.grounds =
        new CommandShell.Grounds(
            new MountPoints(folders.state().resolve("mounts")),
            new ScratchFolders(folders.cache().resolve("scratch"), random),
            new Semaphore(Runtime.getRuntime().availableProcessors(), true));
  }

  Configuration configuration() {
    return configuration;
  }

  @Override
  public Path folder() {
    return surroundings.folder();
  }

  @Override
  public PathGuard guard() {
    return guard(folder());
  }

  @Override
  public ToolSource tools(PathGuard guard, Asker asker) {
    return workbench(guard, shell(guard), asker);
  }

  @Override
  public Authority authority(PathGuard guard) throws InterruptedException {
    return authority(guard.root(), guard.root(), shell(guard).shelter());
  }

  @Override
  public String instructed(PathGuard guard) {
    return instructions(guard).text();
  }

  @Override
  public Undoing undoing(PathGuard guard) {
    var walls = new CommandWalls(guard.root(), folders, surroundings.environment(), configuration);
    return Undoing.of(
        walls.programs().find("git"),
        walls.variables(models().providers()),
        new Undoing.Place(
            guard.root(),
            folders.data().resolve("snapshots"),
            List.of(folders.data(), folders.cache(), folders.state())));
  }

  @Override
  public Sessions sessions() {
    return new Sessions(
        () -> new SqliteJournal(folders.createData()), redaction(), keptRedaction(), clock, random);
  }

  @Override
  public Sandbox sandbox() {
    return surroundings.ahead().worker();
  }

  @Override
  public ErasedTexts erasedTexts() {
    return new ErasedFolder(
        folders.cache().resolve("erased"), () -> BuildVersion.current().cacheName(), this::isClean);
  }

  private boolean isClean(String text) {
    return redaction().forRun("00").clean(text).equals(text);
  }

  @Override
  public Resolution model(@Nullable String reference) {
    return models().resolve(reference);
  }

  @Override
  public Resolution namedModel(String reference) {
    return models().named(reference);
  }

  @Override
  public Optional<Resolution> settledModel(ModelNames run, String reference) {
    return catalog(guard(folder()), run).settled(reference);
  }

  @Override
  public Map<String, String> aliases() {
    return configuration.modelAliases().isEmpty() ? Map.of() : models().aliases();
  }

  @Override
  public void tell(String notice) {
    surroundings.notices().tell(notice);
  }

  /// What every model name means here.
  ModelCatalog models() {
    return catalog(guard(folder()), ModelNames.asConfigured(null));
  }

  @Override
  public Activity files() {
    return new NarrowedActivity(
        guard(folder()), guard -> new FileActivity(guard, ScriptWrites.rehearsed(guard)));
  }

  @Override
  public Map<String, AgentDefinition> agents() {
    return new AgentFiles(
            folder(),
            folders.config().resolve("agents"),
            surroundings.admission(),
            surroundings.notices()::tell)
        .all();
  }

  @Override
  public Engine reader() {
    return engine(Map.of(), EngineLimits.AGENTS, Attendance.UNATTENDED);
  }

  @Override
  public RunKeeper keeper() {
    return new RunKeeper(new SqliteJournal(folders.createData()), keptRedaction(), clock, random);
  }

  @Override
  public Redaction keptRedaction() {
    var live = liveValues();
    return placeholderKey -> new SecretRedactor(live, placeholderKey, Rules.ALL);
  }

  @Override
  public Engine engine(RunOptions options, Audience audience, Activity lookup, Standing standing) {
    var guard = guard(options.workspace());
    var quotas = new Quotas(clock, standing);
    var crew = new Crew(options, audience, quotas);
    var agents =
        NarrowedActivity.toFolders(
            guard, folder -> agents(folder, crew, () -> worktrees(guard.root())));
    var engine =
        engine(
            Map.of(
                StepKind.AGENT,
                agents,
                StepKind.CONTINUE,
                agents,
                StepKind.FILE,
                new NarrowedActivity(guard, this::files),
                StepKind.TOOL,
                new NarrowedActivity(guard, this::tools),
                StepKind.WORKFLOW,
                lookup),
            options.concurrency(),
            audience.attendance());
    if (Worktrees.wereMadeIn(worktreesFolder())) {
      worktrees(guard.root()).ifPresent(all -> recover(all, engine));
    }
    return engine;
  }

  /// Copies of the repository that a killed process left: whatever is new in them is kept, but
  /// those of runs that can be resumed are theirs.
  private void recover(Worktrees worktrees, Engine engine) {
    try {
      for (var kept : worktrees.recover(new Unfinished(engine))) {
        tell(
            "A run that was cut off left changes on the branch %s, in %s."
                .formatted(kept.branch(), kept.directory()));
      }
    } catch (IOException broken) {
      tell("What runs that were cut off left cannot be looked at: " + broken.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private FileActivity files(PathGuard guard) {
    var files = new FileReplacement(guard, fileLocks);
    return new FileActivity(guard, ScriptWrites.real(guard, files, _ -> true));
  }

  private ToolActivity tools(PathGuard guard) {
    return new ToolActivity(
        () -> authority(guard), workbench(guard, shell(guard), Asker.nobody()), System::nanoTime);
  }

  /// What all agents of a run have in common.
  private record Crew(RunOptions options, Audience audience, Quotas quotas) {}

  private Activity agents(PathGuard guard, Crew crew, Supplier<Optional<Worktrees>> worktrees) {
    var shell = shell(guard);
    var settings = settings(guard, crew).withAuthority(() -> authority(guard));
    return new IsolatedActivity(
        guard.root(),
        worktrees,
        (folder, worktree) -> isolated(guard(folder), worktree, guard, crew),
        crew.audience(),
        agents(guard, shell, settings, crew));
  }

  /// One agent in a worktree, with the permissions that were given for the workspace.
  private AgentActivity isolated(
      PathGuard guard, WorktreeName worktree, PathGuard workspace, Crew crew) {
    var shell = freshShell(guard.root());
    var settings =
        settings(guard, crew)
            .withAuthority(() -> authority(guard.root(), workspace.root(), shell.shelter()))
            .withWorktree(worktree);
    return agents(guard, shell, settings, crew);
  }

  private AgentSettings settings(PathGuard guard, Crew crew) {
    return AgentSettings.in(guard.root())
        .withInstructions(instructions(guard).text())
        .withModel(crew.options().model())
        .withAgents(crew.options().everyAgent())
        .withUnmapped(crew.options().unmapped())
        .withScriptModels(crew.options().scriptModels());
  }

  private AgentActivity agents(
      PathGuard guard, CommandShell shell, AgentSettings settings, Crew crew) {
    return new AgentActivity(
        settings,
        crew.quotas().over(catalog(guard, crew.options().names())),
        workbench(guard, shell, Asker.nobody()),
        crew.audience(),
        System::nanoTime);
  }

  /// Nothing if git is not installed.
  private Optional<Worktrees> worktrees(Path workspace) {
    return worktrees.computeIfAbsent(
        workspace,
        root -> {
          var walls = walls(root);
          return walls
              .programs()
              .find("git")
              .map(git -> new GitCommand(git, walls.variables(models().providers())))
              .map(git -> new Worktrees(git, root, worktreesFolder()));
        });
  }

  private Path worktreesFolder() {
    return folders.state().resolve("worktrees");
  }

  private Workbench workbench(PathGuard guard, CommandShell shell, Asker asker) {
    return new Workbench(
        guard,
        new FileReplacement(guard, fileLocks),
        instructions(guard),
        new Workbench.Machine(spills(), WebClient.ofThePublicInternet(), shell),
        asker);
  }

  /// Everything an agent was shown only in part, for as long as it may want the rest.
  private SpillFiles spills() {
    return new SpillFiles(
        folders.cache().resolve("outputs"), clock, redaction().forRun("00")::clean);
  }

  private CommandShell shell(PathGuard guard) {
    return shells.computeIfAbsent(guard.root(), this::freshShell);
  }

  private CommandShell freshShell(Path root) {
    if (!tidied.getAndSet(true)) {
      var leftovers = new Leftovers(grounds, this::spills, clock);
      Thread.ofVirtual().name("leftovers").start(leftovers::remove);
    }
    return new CommandShell(walls(root), () -> models().providers(), grounds);
  }

  private CommandWalls walls(Path root) {
    return new CommandWalls(root, folders, surroundings.environment(), configuration);
  }

  /// What agents may do while nobody watches them.
  ///
  /// @param folder where they work
  /// @param workspace for which the user has given permissions
  private Authority authority(Path folder, Path workspace, Shelter shelter) {
    var rules = PermissionRules.builtIn().and(configuration.permissions());
    var grants = new GrantFile(folders.data().resolve("permissions"), workspace);
    var place = new WorkspacePermissions.Place(folder, home(), shelter);
    return new Authority(
        new WorkspacePermissions(rules, place, grants), Approver.nobody(), grants, place);
  }

  private Path home() {
    var named = Path.of(surroundings.environment().getOrDefault("HOME", ""));
    return named.isAbsolute() ? named : Path.of(System.getProperty("user.home"));
  }

  /// What people wrote in files for whoever works in a folder (A36), as it is now. What may be read
  /// needs no shelter, so nothing waits for its trial.
  private Instructions instructions(PathGuard workspace) {
    try {
      grounds.points().restore(workspace.root());
    } catch (IOException notNow) {
      tell("Links that a command replaced may not be back: " + notNow.getMessage());
    }
    var instructions =
        Instructions.read(
            Instructions.guard(folders.config()),
            guard(WorkflowFolder.levels(workspace.root()).getLast()),
            workspace,
            folder -> authority(folder, folder, Shelter.NONE).permissions());
    instructions.notices().forEach(surroundings.notices()::tell);
    return instructions;
  }

  private Engine engine(
      Map<StepKind, Activity> activities, int concurrency, Attendance attendance) {
    var limits =
        Map.of(
            StepKind.AGENT, new Limit("agents", concurrency),
            StepKind.CONTINUE, new Limit("agents", concurrency),
            StepKind.FILE, new Limit("files", EngineLimits.FILE_STEPS),
            StepKind.TOOL, new Limit("tools", EngineLimits.TOOL_STEPS));
    return new Engine(
        new EnginePorts(
            new SqliteJournal(folders.createData()),
            activities,
            new Scheduler(limits),
            redaction(),
            clock,
            random,
            Timers.real(),
            new Waiting(attendance, new AnswersToGates())));
  }

  /// Every secret this process knows is kept out of every durable byte.
  private Redaction redaction() {
    var live = liveValues();
    return placeholderKey -> new SecretRedactor(live, placeholderKey);
  }

  private LiveValues liveValues() {
    return new LiveValues(new Secrets(surroundings.environment(), configuration).values());
  }

  private ModelCatalog catalog(PathGuard guard, ModelNames names) {
    var settings = new ModelSettings(configuration, names);
    var wire = new Wire(http, new RetryLoop(Pause.real(), random, clock), clock);
    var watcher =
        surroundings.terminal().errChannel() == Channel.TERMINAL
            ? Watcher.TERMINAL
            : Watcher.NOBODY;
    return new ModelCatalog(
        settings.catalog(),
        new ModelCatalog.Surroundings(surroundings.environment(), new LoopbackProbe(), watcher),
        new ModelCatalog.Makers(
            new ChatCompletions(wire),
            new Messages(wire),
            new OfflineProvider(guard, settings.cassette())),
        surroundings.notices()::tell);
  }

  private PathGuard guard(Path workspace) {
    try {
      return PathGuard.over(workspace).without(folders.data());
    } catch (IOException unusable) {
      throw new CommandException(
          "path_escape", "cannot use the folder " + workspace + ": " + unusable.getMessage());
    }
  }
}
