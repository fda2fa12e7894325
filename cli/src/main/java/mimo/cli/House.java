package mimo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mimo.agent.AgentActivity;
import mimo.agent.AgentSettings;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.FileActivity;
import mimo.agent.file.NarrowedActivity;
import mimo.agent.file.PathGuard;
import mimo.agent.output.AnswersToGates;
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
import mimo.agent.tool.Toolbox;
import mimo.cli.config.Configuration;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import mimo.cli.run.ErasedFolder;
import mimo.cli.run.LocalRuns;
import mimo.cli.run.RunOptions;
import mimo.cli.script.AgentFiles;
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

  /// What the process finds around itself.
  record Surroundings(
      Path folder,
      Map<String, String> environment,
      HeadStart ahead,
      Terminal terminal,
      Notices notices) {}

  House(Surroundings surroundings, Folders folders, Configuration configuration) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.configuration = configuration;
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
  public Toolbox tools(PathGuard guard) {
    return Toolbox.readingOnly(guard);
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
  public Optional<Resolution> settledModel(@Nullable String run, String reference) {
    return catalog(guard(folder()), run).settled(reference);
  }

  /// What every model name means here.
  ModelCatalog models() {
    return catalog(guard(folder()), null);
  }

  @Override
  public Activity files() {
    return new NarrowedActivity(guard(folder()), FileActivity::new);
  }

  @Override
  public Map<String, AgentDefinition> agents() {
    return new AgentFiles(
            folder(), folders.config().resolve("agents"), surroundings.notices()::tell)
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
    var agents = new NarrowedActivity(guard, folder -> agents(folder, options, audience, quotas));
    return engine(
        Map.of(
            StepKind.AGENT,
            agents,
            StepKind.CONTINUE,
            agents,
            StepKind.FILE,
            new NarrowedActivity(guard, FileActivity::new),
            StepKind.WORKFLOW,
            lookup),
        options.concurrency(),
        audience.attendance());
  }

  private AgentActivity agents(
      PathGuard guard, RunOptions options, Audience audience, Quotas quotas) {
    return new AgentActivity(
        AgentSettings.in(guard.root())
            .withModel(options.model())
            .withAgents(options.everyAgent())
            .withUnmapped(options.unmapped())
            .withScriptModels(options.scriptModels()),
        quotas.over(catalog(guard, options.model())),
        Toolbox.readingOnly(guard),
        audience,
        System::nanoTime);
  }

  private Engine engine(
      Map<StepKind, Activity> activities, int concurrency, Attendance attendance) {
    var limits =
        Map.of(
            StepKind.AGENT, new Limit("agents", concurrency),
            StepKind.CONTINUE, new Limit("agents", concurrency),
            StepKind.FILE, new Limit("files", EngineLimits.FILE_STEPS));
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

  /// @param model the run's own model; null where it is still to be chosen
  private ModelCatalog catalog(PathGuard guard, @Nullable String model) {
    var settings = new ModelSettings(configuration, model);
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
