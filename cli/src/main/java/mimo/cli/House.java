package mimo.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mimo.agent.ConversationBudget;
import mimo.agent.Overshoot;
import mimo.agent.ToolSource;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.FileActivity;
import mimo.agent.file.NarrowedActivity;
import mimo.agent.file.PathGuard;
import mimo.agent.file.ScriptWrites;
import mimo.agent.goal.GoalGround;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.memory.Recall;
import mimo.agent.output.AnswersToGates;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.catalog.ModelCatalog;
import mimo.agent.provider.catalog.StoredKey;
import mimo.agent.provider.quota.Quotas;
import mimo.agent.provider.quota.Quotas.Standing;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.snapshot.Undoing;
import mimo.cli.auth.AuthFile;
import mimo.cli.command.McpDesk;
import mimo.cli.config.Configuration;
import mimo.cli.config.Folders;
import mimo.cli.config.McpSection;
import mimo.cli.extension.CommandFiles;
import mimo.cli.mcp.ServedWorkflows;
import mimo.cli.mcp.ServerFiles;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.run.ErasedFolder;
import mimo.cli.run.LocalRuns;
import mimo.cli.run.ModelNames;
import mimo.cli.run.RunOptions;
import mimo.cli.script.Admission;
import mimo.cli.script.AgentFiles;
import mimo.cli.session.LocalSessions;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.Terminal;
import mimo.engine.Activity;
import mimo.engine.Attendance;
import mimo.engine.Engine;
import mimo.engine.EngineLimits;
import mimo.engine.EnginePorts;
import mimo.engine.RunKeeper;
import mimo.engine.StepKind;
import mimo.engine.Waiting;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.redaction.Redaction;
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
  private final Redactions redactions;
  private final Models models;
  private final Premises premises;
  private final Crews crews;

  /// What the process finds around itself.
  record Surroundings(
      Path folder,
      Map<String, String> environment,
      HeadStart ahead,
      Terminal terminal,
      Notices notices,
      Admission admission) {}

  House(Surroundings surroundings, Folders folders, Configuration files) {
    this(surroundings, folders, files, List.of());
  }

  /// @param configured the MCP servers of the user's configuration
  House(
      Surroundings surroundings,
      Folders folders,
      Configuration files,
      List<McpSection> configured) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.configuration = files.withKeys(stored(new AuthFile(folders), surroundings.notices()));
    var servers = ServerFiles.ofTheUser(configured, folders.config(), surroundings.environment());
    this.redactions = new Redactions(surroundings.environment(), configuration, servers);
    this.models = new Models(surroundings, configuration, random, clock);
    this.premises =
        new Premises(
            surroundings,
            folders,
            configuration,
            clock,
            random,
            () -> models().providers(),
            servers);
    this.crews =
        new Crews(
            premises,
            models,
            surroundings.notices(),
            configuration.goal().judgeModel(),
            configuration.budget().overshoot());
  }

  /// The stored keys; who has an entry that cannot be used is told.
  private static Map<String, StoredKey> stored(AuthFile file, Notices notices) {
    var stored = file.read();
    stored
        .unusable()
        .forEach((provider, why) ->
            notices.tell(
                "the key of %s in %s is sent nowhere: %s. mimo auth login %s stores it anew"
                    .formatted(provider, file.path(), why, provider)));
    return stored.keys();
  }

  Configuration configuration() {
    return configuration;
  }

  /// The MCP servers of this folder, and mimo as one of them.
  McpDesk mcp(ServedWorkflows workflows) {
    return premises.mcp(guard(), workflows);
  }

  @Override
  public Path folder() {
    return surroundings.folder();
  }

  @Override
  public PathGuard guard() {
    return premises.guard(folder());
  }

  @Override
  public ToolSource tools(PathGuard guard, Asker asker) {
    return premises.workbench(guard, asker);
  }

  @Override
  public Authority authority(PathGuard guard) {
    return premises.authority(guard);
  }

  @Override
  public String instructed(PathGuard guard) {
    return premises.told(guard);
  }

  @Override
  public GoalGround goals(
      PathGuard guard, Authority authority, Asker asker, Resolution.Resolved own) {
    return premises.goals(guard, authority, asker, () -> judge(own));
  }

  private Resolution judge(Resolution.Resolved own) {
    var wanted = configuration.goal().judgeModel();
    return wanted == null ? own : models().resolve(wanted);
  }

  @Override
  public int subagentDepth() {
    return configuration.subagentDepth();
  }

  @Override
  public MaxMode max() {
    return configuration.max();
  }

  @Override
  public Overshoot overshoot() {
    return configuration.budget().overshoot();
  }

  @Override
  public ConversationBudget budget() {
    return configuration.budget().conversation();
  }

  @Override
  public Recall recall(PathGuard guard) {
    return premises.memories().recall(guard.root());
  }

  @Override
  public Rebuilding rebuilding(PathGuard guard) {
    return premises.memories().rebuilding(guard.root());
  }

  /// What the commands about the memory work with.
  MemoryDesk memory() {
    return premises.memory(folder(), reference -> models().resolve(reference));
  }

  @Override
  public CommandFiles commands() {
    return CommandFiles.in(premises.extensions().grounds());
  }

  @Override
  public Undoing undoing(PathGuard guard) {
    return premises.undoing(guard);
  }

  @Override
  public Sessions sessions() {
    return premises.memories().sessions();
  }

  @Override
  public Sandbox sandbox() {
    return surroundings.ahead().worker();
  }

  @Override
  public ErasedTexts erasedTexts() {
    return new ErasedFolder(
        folders.cache().resolve("erased"),
        () -> BuildVersion.current().cacheName(),
        text -> redactions.clean(text).equals(text));
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
    return models.catalog(guard(), run).settled(reference);
  }

  @Override
  public Map<String, String> aliases(@Nullable String model) {
    return models.aliases(guard(), model);
  }

  @Override
  public void tell(String notice) {
    surroundings.notices().tell(notice);
  }

  /// What every model name means here.
  ModelCatalog models() {
    return models.configured(guard());
  }

  @Override
  public Outlook outlook(Grant asked) {
    return premises.outlook(guard(), asked);
  }

  @Override
  public Activity files() {
    return new NarrowedActivity(
        guard(), guard -> new FileActivity(guard, ScriptWrites.rehearsed(guard)));
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
    return new RunKeeper(
        new SqliteJournal(folders.createData()), redactions.ofKept(), clock, random);
  }

  @Override
  public Redaction keptRedaction() {
    return redactions.ofKept();
  }

  @Override
  public Engine engine(RunOptions options, Audience audience, Activity lookup, Standing standing) {
    var crew = new Crews.Crew(options, audience, new Quotas(clock, standing));
    var activities = new EnumMap<StepKind, Activity>(crews.activities(crew));
    activities.put(StepKind.WORKFLOW, lookup);
    var engine = engine(activities, options.concurrency(), audience.attendance());
    crews.recover(options.workspace(), engine);
    return engine;
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
            redactions.ofRuns(),
            clock,
            random,
            Timers.real(),
            new Waiting(attendance, new AnswersToGates())));
  }
}
