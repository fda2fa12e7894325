package mimo.cli.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.AgentSettings.Unmapped;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.quota.Quotas.Standing;
import mimo.cli.command.Document;
import mimo.cli.command.DryRunReport;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.Launch;
import mimo.cli.command.Resumption;
import mimo.cli.command.RunWatch;
import mimo.cli.command.Runs;
import mimo.cli.command.Shelf;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Audience;
import mimo.compose.ArgumentCheck;
import mimo.compose.ComposeOptions;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.Dialect;
import mimo.compose.ScriptMeta;
import mimo.compose.SpendingLimit;
import mimo.engine.Activity;
import mimo.engine.AskedGate;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.Engine;
import mimo.engine.EngineLimits;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunKeeper;
import mimo.engine.RunRequest;
import mimo.engine.RunState;
import mimo.engine.RunSummary;
import mimo.engine.WorkflowResult;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.SessionEntry;
import mimo.engine.redaction.Redaction;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.RunDiff;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.Sandbox;
import mimo.workflows.BuiltinWorkflow;
import org.jspecify.annotations.Nullable;

/// The runs of this machine's store. Confined to the command's thread.
public final class LocalRuns implements Runs {

  private static final int DEFAULT_CONCURRENCY = 16;

  /// How long whoever works on a run is waited for to hear an answer.
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  private final Workshop workshop;
  private final Scripts scripts;
  private final Defaults defaults;
  private final Programs programs;
  private final Histories histories;
  private final Resumptions resumptions;

  /// What runs are made with; each call makes something new.
  public interface Workshop {

    /// A worker process, already starting.
    Sandbox sandbox();

    /// What files in TypeScript were found to be without their types.
    ErasedTexts erasedTexts();

    /// What the model is called that `reference` means; null asks for the default, and so does a
    /// name that is not mapped.
    Resolution model(@Nullable String reference);

    /// The same where a person names the model: nothing stands in for a name that is not mapped.
    Resolution namedModel(String reference);

    /// What `reference` means in a run, as far as the settings tell: nobody is asked.
    Optional<Resolution> settledModel(ModelNames run, String reference);

    /// The short names of models that the configuration maps, with what they mean in a run.
    ///
    /// @param model the run's own, whose provider groups prefer; null where it is still to be
    ///   chosen
    Map<String, String> aliases(@Nullable String model);

    /// Tells the user something, once.
    void tell(String notice);

    /// An engine that can perform the steps of a run with these options.
    ///
    /// @param lookup finds the scripts that the run's own runs
    /// @param standing what is known of the quotas of its providers
    Engine engine(RunOptions options, Audience audience, Activity lookup, Standing standing);

    /// An engine that can only read.
    Engine reader();

    /// The keeper of all runs there are.
    RunKeeper keeper();

    /// What removes secrets from text that is kept.
    Redaction keptRedaction();

    /// What the user's rules say of something a script asks for.
    Outlook outlook(Grant asked);

    /// Answers the steps that look at files of the folder mimo was started in.
    Activity files();

    /// The folder mimo was started in.
    Path folder();

    /// The agents that files define for that folder, by name.
    Map<String, AgentDefinition> agents();
  }

  /// What the user wants where a launch says nothing; null for the preset.
  ///
  /// @param concurrency how many agents work at once
  /// @param deadline how long processes may work on a run
  public record Defaults(@Nullable Integer concurrency, @Nullable Duration deadline) {
    public static final Defaults NONE = new Defaults(null, null);
  }

  public LocalRuns(Workshop workshop, Scripts scripts, Defaults defaults) {
    this.workshop = workshop;
    this.scripts = scripts;
    this.defaults = defaults;
    this.programs = new Programs(workshop, scripts);
    this.histories = new Histories(workshop);
    this.resumptions = new Resumptions(workshop, scripts, programs, histories);
  }

  @Override
  public Running start(Launch launch, Audience audience) throws InterruptedException {
    // First of all: the worker warms up while this process does everything else.
    var sandbox = workshop.sandbox();
    return Failing.closing(sandbox, () -> start(launch, audience, sandbox));
  }

  private Running start(Launch launch, Audience audience, Sandbox sandbox)
      throws InterruptedException {
    var script = launch.script();
    checkArguments(script, launch.arguments());
    var folder = ImportFolder.of(script);
    // While the worker warms up: finding a model sets up the way to it, too.
    var asked = launch.model() == null ? null : workshop.namedModel(launch.model());
    var meta = programs.compile(sandbox, script, folder);
    var model = asked == null ? workshop.model(meta.model().orElse(null)) : asked;
    var plain = options(launch, meta, reference(model, limit(launch, meta)));
    plain.document().ifPresent(Document::refuseToReplaceAnother);
    var options =
        plain.withGrants(
            new LaunchQuestion(workshop, audience)
                .settle(
                    script.name(), folder.files().hash(), meta.permissions(), Optional.empty()));
    var request =
        new RunRequest(
            meta.name(),
            folder.files().digests(),
            launch.arguments() == null ? "null" : launch.arguments(),
            options.toJson(),
            options.budget(),
            deadline(launch));
    var engine =
        workshop.engine(options, audience, programs.lookup(options.workspace()), Standing.UNKNOWN);
    var workflow = programs.composed(sandbox, options, folder);
    var run = Failing.closing(engine, () -> engine.start(request, workflow, audience));
    return new StartedRun(run, engine, sandbox, folder::text, options.document());
  }

  @Override
  public Running resume(RunId id, Resumption how, Audience audience) throws InterruptedException {
    return resumptions.resume(id, how, audience);
  }

  @Override
  public Planned plan(RunId id, Resumption how) throws InterruptedException {
    return resumptions.plan(id, how);
  }

  @Override
  public Running fork(RunId run, ForkOrder order, Audience audience) throws InterruptedException {
    return resumptions.fork(run, order, audience);
  }

  @Override
  public RunDiff diff(RunId one, RunId other) {
    return reading(reader -> RunDiff.of(reader.lineage(one), reader.lineage(other)));
  }

  @Override
  public Optional<ReuseReport> reuse(RunId run) {
    return reading(reader -> Resumptions.reuse(reader, run));
  }

  @Override
  public Checked check(Script script) throws InterruptedException {
    var sandbox = workshop.sandbox();
    var check = new ScriptCheck(script, workshop.erasedTexts(), programs.lookup(workshop.folder()));
    var checked = Failing.closing(sandbox, () -> check.run(sandbox));
    sandbox.close();
    return checked;
  }

  @Override
  public DryRunReport dryRun(Launch launch, @Nullable String answers) throws InterruptedException {
    var sandbox = workshop.sandbox();
    var report = Failing.closing(sandbox, () -> dryRun(launch, answers, sandbox));
    sandbox.close();
    return report;
  }

  private DryRunReport dryRun(Launch launch, @Nullable String answers, Sandbox sandbox)
      throws InterruptedException {
    var script = launch.script();
    checkArguments(script, launch.arguments());
    refuseUnknownModel(launch.model());
    var scripted = DryRunAnswers.parse(answers);
    var folder = ImportFolder.of(script);
    var meta = programs.compile(sandbox, script, folder);
    var named = launch.model() == null ? meta.model().orElse(null) : launch.model();
    var costs =
        new DryRunCosts(asked -> workshop.settledModel(ModelNames.asConfigured(named), asked));
    var model = named == null ? "" : named;
    var given = launch.arguments() == null ? "null" : launch.arguments();
    var run =
        new DryRun(
            given,
            scripted,
            new DryRun.Reads(workshop.files(), programs.lookup(workshop.folder())),
            costs);
    var options = options(launch, meta, model);
    var result = programs.composed(sandbox, options, folder).execute(run);
    return report(meta.name(), run, result, folder);
  }

  /// Whether a model could be asked, such as with a key, does not matter to a dry run.
  private void refuseUnknownModel(@Nullable String named) {
    if (named != null
        && workshop.namedModel(named) instanceof Resolution.Unresolved(var code, var message)
        && code.equals("model_unknown")) {
      throw new CommandException(code, message);
    }
  }

  private static DryRunReport report(
      String name, DryRun run, WorkflowResult result, ImportFolder folder) {
    var failure =
        result instanceof WorkflowResult.Failed(var code, var message, var at, _, _)
            ? new Failure(code, message, at, at == null ? null : folder.text(at.file()), null)
            : null;
    return new DryRunReport(
        name,
        run.phases(),
        run.calls(),
        run.fileSteps(),
        run.logLines(),
        result.losses().stream().map(loss -> loss.label() + ": " + loss.reason()).toList(),
        result instanceof WorkflowResult.Finished(var value, _) ? value : null,
        failure);
  }

  @Override
  public Script script(RunId run) {
    var recorded = reading(reader -> reader.started(run)).scripts();
    var script = scripts.at(recorded.getFirst().location());
    var now = ImportFolder.of(script).files().digests().getFirst();
    if (!now.sha256().equals(recorded.getFirst().sha256())) {
      throw new CommandException(
          "script_changed", script.location() + " is not what run " + run + " was started with");
    }
    return script;
  }

  private static void checkArguments(Script script, @Nullable String arguments) {
    builtin(script)
        .ifPresent(workflow ->
            ArgumentCheck.check(workflow.title(), arguments, workflow.argumentsSchema()));
  }

  private static Optional<BuiltinWorkflow> builtin(Script script) {
    return Arrays.stream(BuiltinWorkflow.values())
        .filter(workflow -> workflow.location().equals(script.location()))
        .findFirst();
  }

  private static Optional<SpendingLimit> limit(Launch launch, ScriptMeta meta) {
    return launch.budget() == null
        ? meta.budget()
        : Optional.of(SpendingLimit.parse(launch.budget()));
  }

  /// What the command line says wins over the script, and the script over the configuration.
  private RunOptions options(Launch launch, ScriptMeta meta, String model) {
    return new RunOptions(
        launch.script().name(),
        workshop.folder(),
        model,
        first(launch.size().concurrency(), defaults.concurrency(), DEFAULT_CONCURRENCY),
        launch.arguments() == null ? Arguments.NONE : Arguments.GIVEN,
        limit(launch, meta),
        first(launch.size().maxAgents(), null, ComposeOptions.DEFAULT_MAX_AGENTS),
        first(launch.size().maxItems(), null, ComposeOptions.DEFAULT_MAX_ITEMS),
        Dialect.of(launch.dialect(), meta, launch.script().location()),
        document(launch),
        RunOptions.withBuiltins(workshop.agents()),
        launch.models() == Launch.Models.KNOWN ? Unmapped.REFUSED : Unmapped.USES_THE_RUNS_MODEL,
        launch.model() == null ? ScriptModels.COUNT : ScriptModels.YIELD,
        Optional.of(workshop.aliases(model.isEmpty() ? null : model)),
        Optional.empty());
  }

  private Duration deadline(Launch launch) {
    var asked = launch.deadline() == null ? defaults.deadline() : launch.deadline();
    return asked == null ? EngineLimits.DEADLINE : asked;
  }

  private static String reference(Resolution model, Optional<SpendingLimit> limit) {
    return switch (model) {
      case Resolution.Unresolved(var code, var message) ->
          throw new CommandException(code, message);
      case Resolution.Resolved found -> {
        boolean money = limit.filter(l -> l.unit() == SpendingLimit.Unit.USD).isPresent();
        if (money && found.price() == null) {
          throw new CommandException(
              "price_unknown",
              "the budget is in dollars, but nobody said what " + found.reference() + " costs");
        }
        yield found.reference();
      }
    };
  }

  private static int first(@Nullable Integer said, @Nullable Integer configured, int otherwise) {
    return said != null ? said : configured != null ? configured : otherwise;
  }

  /// Where a text result goes: the file the user named, else the one the built-in proposes.
  private Optional<Path> document(Launch launch) {
    var named = launch.output();
    if (named != null) {
      return named.equals("-") ? Optional.empty() : Optional.of(workshop.folder().resolve(named));
    }
    return builtin(launch.script()).map(workflow -> workshop.folder().resolve(workflow.document()));
  }

  @Override
  public List<Line> list() {
    return reading(reader -> {
      var pinned = reader.pinned();
      return reader.list().stream().map(run -> line(run, pinned)).toList();
    });
  }

  @Override
  public Line find(String prefix) {
    return reading(reader -> line(reader.summary(reader.find(prefix)), reader.pinned()));
  }

  @Override
  public RunWatch watch() {
    return new LocalWatch(workshop.reader(), System.getProperty("user.name", "somebody"));
  }

  @Override
  public RunId id(String prefix) {
    return reading(reader -> reader.find(prefix));
  }

  @Override
  public List<RunEvent> events(RunId run) {
    return reading(reader -> reader.events(run));
  }

  @Override
  public List<RunEvent> past(RunId run) {
    return Engine.events(histories.read(run));
  }

  @Override
  public List<AskedGate> gates(RunId run) {
    return reading(reader -> reader.gates(run));
  }

  @Override
  public ControlOutcome answer(RunId run, AskedGate gate, String value, String who)
      throws InterruptedException {
    var request = new ControlRequest.Answer(gate.generation(), gate.seq(), value, who, "command");
    try (var engine = workshop.reader()) {
      return engine.await(run, engine.ask(run, request, who), ANSWER_PATIENCE);
    }
  }

  @Override
  public Optional<String> asked(RunId run, int step) {
    return reading(reader -> reader.lineage(run)).latest().entries().stream()
        .filter(entry -> entry instanceof StepScheduled asked && asked.seq() == step)
        .map(entry -> ((StepScheduled) entry).request().input())
        .findFirst();
  }

  @Override
  public List<SessionEntry> session(RunId run, int step) {
    return reading(reader -> reader.session(run, step));
  }

  @Override
  public ParkedWatch parked() {
    return new LocalParked(workshop.reader());
  }

  @Override
  public Path workspace(RunId run) {
    return RunOptions.parse(reading(reader -> reader.started(run)).options()).workspace();
  }

  @Override
  public Shelf shelf() {
    return new LocalShelf(workshop, scripts);
  }

  private <T> T reading(Function<Engine, T> question) {
    return Failing.told(() -> {
      try (var reader = workshop.reader()) {
        return question.apply(reader);
      }
    });
  }

  /// @param pinned the runs that somebody has pinned
  static Line line(RunSummary run, Set<RunId> pinned) {
    int losses = run.state() instanceof RunState.Completed(var count) ? count : 0;
    return new Line(
        run.id(),
        run.workflow(),
        word(run.state()),
        run.startedAt(),
        run.endedAt(),
        run.asked(),
        losses,
        parking(run),
        run.progress(),
        pinned.contains(run.id()));
  }

  private static @Nullable Parking parking(RunSummary run) {
    return run.state() instanceof RunState.Parked(var reason, var code, var message, var until)
        ? new Parking(reason, new Failure(code, message, null, null, run.id().value()), until)
        : null;
  }

  private static String word(RunState state) {
    return switch (state) {
      case RunState.Running() -> "running";
      case RunState.Parked _ -> "parked";
      case RunState.Interrupted() -> "interrupted";
      case RunState.Paused _ -> "paused";
      case RunState.Completed(var losses) -> "completed";
      case RunState.Failed(var code) -> "failed";
      case RunState.Cancelled() -> "cancelled";
      case RunState.Damaged(var message) -> "damaged";
    };
  }
}
