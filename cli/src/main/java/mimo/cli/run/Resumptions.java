package mimo.cli.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.quota.Quotas.Standing;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.command.Runs;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.grant.RunGrants;
import mimo.cli.run.LocalRuns.Workshop;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Audience;
import mimo.compose.Amendment;
import mimo.compose.ComposeWorkflow;
import mimo.compose.ScriptMeta;
import mimo.compose.SpendingLimit;
import mimo.engine.Engine;
import mimo.engine.ForkPoint;
import mimo.engine.ParkReason;
import mimo.engine.Run;
import mimo.engine.RunId;
import mimo.engine.RunOrigin;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.RunLineage;
import mimo.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/// Takes runs up again: exactly, or with a script that may have been edited. Confined to the
/// command's thread.
final class Resumptions {

  private final Workshop workshop;
  private final Scripts scripts;
  private final Programs programs;
  private final Histories histories;

  Resumptions(Workshop workshop, Scripts scripts, Programs programs, Histories histories) {
    this.workshop = workshop;
    this.scripts = scripts;
    this.programs = programs;
    this.histories = histories;
  }

  /// A run that is about to be taken up.
  ///
  /// @param options what its agents work with from here on
  /// @param request what the engine is asked for
  /// @param settings what changes in an exact resume
  /// @param standing what is known of the quotas of its providers
  private record Ready(
      RunOptions options,
      RunRequest request,
      Optional<RunSettings> settings,
      ComposeWorkflow workflow,
      ImportFolder folder,
      Standing standing) {}

  /// What is done with an engine and a run that is ready.
  private interface Beginning {
    Run begin(Engine engine, Ready ready) throws InterruptedException;
  }

  Runs.Running resume(RunId id, Resumption how, Audience audience) throws InterruptedException {
    // First of all: the worker warms up while this process does everything else.
    var sandbox = workshop.sandbox();
    return Failing.closing(
        sandbox,
        () -> {
          var ready = ready(id, how, sandbox, audience);
          Beginning beginning =
              (engine, it) ->
                  how.mode() == Mode.CONTINUE
                      ? engine.continueRun(id, it.request(), it.workflow(), audience)
                      : exactly(engine, id, it, audience);
          return running(ready, sandbox, audience, beginning);
        });
  }

  Runs.Running fork(RunId source, ForkOrder order, Audience audience) throws InterruptedException {
    var sandbox = workshop.sandbox();
    return Failing.closing(
        sandbox,
        () -> {
          var ready = forked(source, order, sandbox, audience);
          var later =
              order.later() == ForkOrder.Later.REUSED
                  ? RunOrigin.Later.REUSED
                  : RunOrigin.Later.FORGOTTEN;
          var cut = new ForkPoint(source, order.step(), later);
          return running(
              ready,
              sandbox,
              audience,
              (engine, it) -> engine.fork(cut, it.request(), it.workflow(), audience));
        });
  }

  private Ready forked(RunId source, ForkOrder order, Sandbox sandbox, Audience audience)
      throws InterruptedException {
    var lineage = histories.take(source);
    var started = lineage.latest().started().request();
    var now = lineage.latest().request();
    var amendment = amendment(lineage, order);
    var plain = changed(RunOptions.parse(now.options()), order.changes(), Mode.EXACT);
    var script = script(source, started);
    var folder = ImportFolder.of(script);
    var meta = programs.compile(sandbox, script, folder);
    // What was agreed to was agreed to for the other run.
    var options = plain.withGrants(granted(script, folder, meta, Optional.empty(), audience));
    var request =
        new RunRequest(
            started.workflow(),
            folder.files().digests(),
            started.arguments(),
            Amendments.into(options.toJson(), amendment),
            options.budget(),
            Objects.requireNonNullElse(order.changes().deadline(), now.deadline()));
    var workflow = composed(sandbox, request.options(), folder, lineage);
    return new Ready(options, request, Optional.empty(), workflow, folder, standing(lineage));
  }

  private Optional<RunGrants> granted(
      Script script,
      ImportFolder folder,
      ScriptMeta meta,
      Optional<RunGrants> before,
      Audience audience) {
    return new LaunchQuestion(workshop, audience)
        .settle(script.name(), folder.files().hash(), meta.permissions(), before);
  }

  /// The script a run was started with, as it is now.
  private Script script(RunId run, RunRequest started) {
    try {
      return scripts.at(started.scripts().getFirst().location());
    } catch (CommandException gone) {
      var failure = gone.failure();
      if (!failure.code().equals("script_missing")) {
        throw gone;
      }
      var message = "the script of run " + run + " is gone: " + failure.message();
      throw new CommandException(
          new Failure("run_script_missing", message, null, null, run.value()));
    }
  }

  private static @Nullable Amendment amendment(RunLineage lineage, ForkOrder order) {
    if (order.prompt() == null) {
      return null;
    }
    boolean asks =
        lineage.latest().entries().stream()
            .anyMatch(entry ->
                entry instanceof StepScheduled step
                    && step.seq() == order.step()
                    && step.request().kind().isAgent());
    if (!asks) {
      throw new CommandException(
          "bad_argument", "step " + order.step() + " is no agent, so it has no prompt");
    }
    return new Amendment(order.step(), order.prompt());
  }

  /// A workflow that is launched with these options, in a run that has come so far.
  private ComposeWorkflow composed(
      Sandbox sandbox, String launched, ImportFolder folder, RunLineage lineage) {
    var options = RunOptions.parse(launched);
    var workflow =
        programs.composed(sandbox, options, folder, ModelsSince.of(lineage, options, workshop));
    return Amendments.applied(launched, workflow);
  }

  private static Run exactly(Engine engine, RunId id, Ready ready, Audience audience) {
    return ready.settings().isPresent()
        ? engine.resume(id, ready.request(), ready.settings().get(), ready.workflow(), audience)
        : engine.resume(id, ready.request(), ready.workflow(), audience);
  }

  private Runs.Running running(Ready ready, Sandbox sandbox, Audience audience, Beginning beginning)
      throws InterruptedException {
    var options = ready.options();
    var engine =
        workshop.engine(options, audience, programs.lookup(options.workspace()), ready.standing());
    var run = Failing.closing(engine, () -> beginning.begin(engine, ready));
    return new StartedRun(run, engine, sandbox, ready.folder()::text, options.document());
  }

  /// What taking a run up like this would do.
  Runs.Planned plan(RunId id, Resumption how) throws InterruptedException {
    var sandbox = workshop.sandbox();
    var planned =
        Failing.closing(
            sandbox,
            () -> {
              var ready = ready(id, how, sandbox, null);
              var options = ready.options();
              var lookup = programs.lookup(options.workspace());
              try (var engine =
                  workshop.engine(options, Audience.of(List.of()), lookup, Standing.UNKNOWN)) {
                return new Runs.Planned(
                    how.mode() == Mode.CONTINUE
                        ? engine.plan(id, ready.request(), ready.workflow())
                        : engine.plan(id, ready.request()),
                    how.mode());
              }
            });
    sandbox.close();
    return planned;
  }

  /// @param audience answers what an edited script asks for; null if nobody is to be asked
  private Ready ready(RunId id, Resumption how, Sandbox sandbox, @Nullable Audience audience)
      throws InterruptedException {
    var lineage = histories.take(id);
    var started = lineage.latest().started().request();
    var now = lineage.latest().request();
    if (how.mode() == Mode.EXACT && how.changes().model() != null) {
      throw anotherModel(id, how.changes().model());
    }
    var before = RunOptions.parse(now.options());
    var options = changed(before, how.changes(), how.mode());
    ModelsSince.notices(before, options).forEach(workshop::tell);
    var script = script(id, started);
    var folder = ImportFolder.of(script);
    var meta = programs.compile(sandbox, script, folder);
    var deadline = Objects.requireNonNullElse(how.changes().deadline(), now.deadline());
    if (how.mode() == Mode.EXACT) {
      var request =
          new RunRequest(
              started.workflow(),
              folder.files().digests(),
              started.arguments(),
              started.options(),
              started.budget(),
              started.deadline());
      var settings =
          how.changes().equals(Changes.NONE)
              ? Optional.<RunSettings>empty()
              : Optional.of(
                  new RunSettings(
                      Amendments.into(
                          options.toJson(), Amendments.of(started.options()).orElse(null)),
                      options.budget(),
                      deadline));
      // The script reads the budget it has read so far: it must do again what it did.
      var workflow = composed(sandbox, started.options(), folder, lineage);
      return new Ready(options, request, settings, workflow, folder, standing(lineage));
    }
    var agreed =
        audience == null
            ? options
            : options.withGrants(granted(script, folder, meta, before.grants(), audience));
    var request =
        new RunRequest(
            meta.name(),
            folder.files().digests(),
            started.arguments(),
            agreed.toJson(),
            agreed.budget(),
            deadline);
    // Another prompt was meant for a step of the script as it was.
    var workflow = composed(sandbox, request.options(), folder, lineage);
    return new Ready(agreed, request, Optional.empty(), workflow, folder, standing(lineage));
  }

  /// A quota that stopped the run last time may not be there again.
  private static Standing standing(RunLineage lineage) {
    return lineage.latest().entries().reversed().stream()
        .filter(RunParked.class::isInstance)
        .map(parked -> ((RunParked) parked).reason())
        .findFirst()
        .filter(ParkReason.USAGE_LIMIT::equals)
        .map(_ -> Standing.IN_DOUBT)
        .orElse(Standing.UNKNOWN);
  }

  private static CommandException anotherModel(RunId id, String model) {
    return new CommandException(
        "options_changed",
        ("run %s cannot go on exactly as it was with another model;"
                + " type: mimo runs resume %s --continue --set model=%s")
            .formatted(id, id, model));
  }

  private RunOptions changed(RunOptions options, Changes changes, Mode mode) {
    var model = changes.model();
    var now = options;
    if (changes.concurrency() != null) {
      now = now.withConcurrency(changes.concurrency());
    }
    if (changes.budget() != null) {
      now = now.withLimit(SpendingLimit.parse(changes.budget()));
    }
    if (model != null) {
      now = now.withModel(reference(model), ScriptModels.YIELD);
    }
    // Names that mean something else by now mean that to an edited script.
    return mode == Mode.CONTINUE && options.workspace().equals(workshop.folder())
        ? now.withNames(RunOptions.withBuiltins(workshop.agents()), workshop.aliases(now.model()))
        : now;
  }

  private String reference(String model) {
    return switch (workshop.namedModel(model)) {
      case Resolution.Unresolved(var code, var message) ->
          throw new CommandException(code, message);
      case Resolution.Resolved found -> found.reference();
    };
  }

  /// What became of the record when a run was last continued, if it was.
  static Optional<ReuseReport> reuse(Engine engine, RunId run) {
    var lineage = engine.lineage(run);
    return lineage.latest().number() == 0 ? Optional.empty() : Optional.of(ReuseReport.of(lineage));
  }
}
