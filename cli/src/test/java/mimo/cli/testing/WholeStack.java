package mimo.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import mimo.agent.AgentActivity;
import mimo.agent.AgentSettings;
import mimo.agent.ToolActivity;
import mimo.agent.ToolSource;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.FileActivity;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.file.ScriptWrites;
import mimo.agent.output.AnswersToGates;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.permission.PermissionRules;
import mimo.agent.permission.SessionGrants;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.quota.Quotas;
import mimo.agent.provider.quota.Quotas.Standing;
import mimo.agent.tool.Toolbox;
import mimo.cli.command.Launch;
import mimo.cli.run.ErasedFolder;
import mimo.cli.run.LocalRuns;
import mimo.cli.run.ModelNames;
import mimo.cli.run.RunOptions;
import mimo.cli.script.AgentFiles;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Audience;
import mimo.engine.Activity;
import mimo.engine.Attendance;
import mimo.engine.Engine;
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
import mimo.engine.testing.LogicalTime;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.SandboxProcess;
import mimo.sandbox.testing.Workers;
import org.jspecify.annotations.Nullable;

/// All of the program below its command line, in this process: a store on disk, a real worker for
/// each run, file access, agents, a workspace that is trusted, and an [EchoModel] behind them.
/// Confined to one thread.
public final class WholeStack implements LocalRuns.Workshop, AutoCloseable {

  private final Path home;
  private final EchoModel model;
  private final SandboxLimits limits;
  private final RandomGenerator random = new SecureRandom();
  private InstantSource clock = InstantSource.system();
  private Timers timers = Timers.real();
  private final List<String> notices = new ArrayList<>();
  private final List<String> noted = new ArrayList<>();
  private Map<String, String> aliases = Map.of();
  private @Nullable Started next;
  private @Nullable Started current;

  /// A worker and its process.
  private record Started(SandboxProcess sandbox, ProcessHandle process) {}

  /// @param home an empty folder; the workspace, the store and the workers get folders in it
  public WholeStack(Path home, EchoModel model, SandboxLimits limits) {
    this.home = home;
    this.model = model;
    this.limits = limits;
  }

  /// The same, in a time that passes when told to.
  public WholeStack in(LogicalTime time) {
    clock = time;
    timers = time;
    return this;
  }

  /// From now on the configuration maps these names of models.
  public void map(Map<String, String> names) {
    aliases = names;
  }

  /// The runs of this stack's store.
  public LocalRuns runs() {
    var scripts = new Scripts(folder(), home.resolve("own"), new OneBuiltin(), Admissions.TRUSTING);
    return new LocalRuns(this, scripts, LocalRuns.Defaults.NONE);
  }

  /// A launch of a script that lies in the workspace.
  public Launch launch(String name, String text, @Nullable String budget) {
    var file = folder().resolve(name);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var script = new Script(name, file.toString(), text);
    return new Launch(
        script, null, null, budget, Launch.Size.UNSAID, null, null, Launch.Models.ANY, "-");
  }

  /// The process of the last worker that was handed out.
  public ProcessHandle worker() {
    return Optional.ofNullable(current).orElseThrow().process();
  }

  /// The workers that still run, but for the one that is kept ready.
  public Set<Long> orphans() {
    var ready = next;
    return workers().stream()
        .filter(process -> ready == null || process.pid() != ready.process().pid())
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  @Override
  public Outlook outlook(Grant asked) {
    return permissions().outlook(asked);
  }

  private WorkspacePermissions permissions() {
    var place = new WorkspacePermissions.Place(folder(), home, () -> Shelter.NONE);
    return new WorkspacePermissions(PermissionRules.builtIn(), place, new SessionGrants());
  }

  /// What its agents may do while nobody watches them.
  private Authority authority(List<Grant> agreed) {
    var usual = Authority.headless(folder());
    return new Authority(
        permissions().lifting(agreed), usual.approver(), usual.grants(), usual.place());
  }

  @Override
  public Activity files() {
    try {
      var guard = PathGuard.over(folder());
      return new FileActivity(guard, ScriptWrites.rehearsed(guard));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SandboxProcess sandbox() {
    var handed = next == null ? spawn() : next;
    current = handed;
    next = spawn();
    return handed.sandbox();
  }

  @Override
  public ErasedTexts erasedTexts() {
    return new ErasedFolder(home.resolve("erased"), () -> "test", _ -> true);
  }

  private Started spawn() {
    var before = new HashSet<>(workers());
    var settings = Workers.plain(home.resolve("workers")).withLimits(limits);
    var sandbox = SandboxProcess.spawn(settings);
    while (true) {
      var fresh = workers();
      fresh.removeAll(before);
      if (!fresh.isEmpty()) {
        return new Started(sandbox, fresh.iterator().next());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Every child of this process that is a Java at work.
  private static Set<ProcessHandle> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .collect(Collectors.toSet());
  }

  @Override
  public Resolution model(@Nullable String reference) {
    return resolved(aliases, reference);
  }

  private Resolution resolved(Map<String, String> table, @Nullable String reference) {
    return reference == null
        ? model.resolved()
        : model.resolved(table.getOrDefault(reference, reference));
  }

  @Override
  public Resolution namedModel(String reference) {
    return reference.startsWith("echo/") || aliases.containsKey(reference)
        ? model(reference)
        : new Resolution.Unresolved("model_unknown", "there is no model '" + reference + "'.");
  }

  @Override
  public Optional<Resolution> settledModel(ModelNames run, String reference) {
    var table = run.aliases().orElse(aliases);
    return Optional.of(model.resolved(table.getOrDefault(reference, reference)));
  }

  @Override
  public Map<String, String> aliases(@Nullable String model) {
    noted.add(String.valueOf(model));
    return aliases;
  }

  @Override
  public void tell(String notice) {
    notices.add(notice);
  }

  /// The models of the runs for which the meaning of names was noted.
  public List<String> noted() {
    return List.copyOf(noted);
  }

  /// What the user was told beside the runs.
  public List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public Map<String, AgentDefinition> agents() {
    return new AgentFiles(folder(), home.resolve("agents"), Admissions.TRUSTING, _ -> {}).all();
  }

  @Override
  public Engine reader() {
    return engine(Map.of());
  }

  @Override
  public RunKeeper keeper() {
    return new RunKeeper(
        new SqliteJournal(home.resolve("data")), keptRedaction(), InstantSource.system(), random);
  }

  @Override
  public Redaction keptRedaction() {
    return key -> new SecretRedactor(new LiveValues(List.of()), key, Rules.ALL);
  }

  @Override
  public Engine engine(RunOptions options, Audience audience, Activity lookup, Standing standing) {
    var guard = guard();
    var agents =
        new AgentActivity(
            AgentSettings.in(folder()).withModel(options.model()).withAgents(options.everyAgent()),
            new Quotas(InstantSource.system(), standing)
                .over(reference -> resolved(options.aliases().orElse(aliases), reference)),
            ToolSource.of(Toolbox.readingOnly(guard)),
            audience,
            System::nanoTime);
    return engine(
        Map.of(
            StepKind.AGENT,
            agents,
            StepKind.CONTINUE,
            agents,
            StepKind.FILE,
            new FileActivity(guard, ScriptWrites.real(guard, writing(guard), _ -> true)),
            StepKind.TOOL,
            new ToolActivity(
                authority(options.granted()),
                ToolSource.of(Toolbox.readingOnly(guard)),
                System::nanoTime),
            StepKind.WORKFLOW,
            lookup));
  }

  private FileReplacement writing(PathGuard guard) {
    return new FileReplacement(guard, new FileLocks(home.resolve("data/files.lock")));
  }

  private PathGuard guard() {
    try {
      return PathGuard.over(folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Engine engine(Map<StepKind, Activity> activities) {
    var scheduler =
        new Scheduler(
            Map.of(StepKind.AGENT, new Limit("agents", 16), StepKind.FILE, new Limit("files", 4)));
    return new Engine(
        new EnginePorts(
            new SqliteJournal(home.resolve("data")),
            activities,
            scheduler,
            key -> new SecretRedactor(new LiveValues(List.of()), key),
            clock,
            random,
            timers,
            new Waiting(Attendance.UNATTENDED, new AnswersToGates())));
  }

  @Override
  public Path folder() {
    try {
      return Files.createDirectories(home.resolve("workspace"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (next != null) {
      next.sandbox().close();
    }
  }

  /// Whether no worker of a closed run is left within the time.
  public boolean leavesNoOrphan(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!orphans().isEmpty() && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return orphans().isEmpty();
  }
}
