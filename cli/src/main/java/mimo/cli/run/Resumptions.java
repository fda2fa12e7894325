package mimo.cli.run;

import java.util.Objects;
import java.util.Optional;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.provider.Resolution;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.command.Runs;
import mimo.cli.error.CommandException;
import mimo.cli.run.LocalRuns.Workshop;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Audience;
import mimo.compose.ComposeWorkflow;
import mimo.compose.SpendingLimit;
import mimo.engine.Engine;
import mimo.engine.Run;
import mimo.engine.RunId;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.RunLineage;
import mimo.sandbox.Sandbox;

/// Takes runs up again: exactly, or with a script that may have been edited. Confined to the
/// command's thread.
final class Resumptions {

  private final Workshop workshop;
  private final Scripts scripts;
  private final Programs programs;

  Resumptions(Workshop workshop, Scripts scripts, Programs programs) {
    this.workshop = workshop;
    this.scripts = scripts;
    this.programs = programs;
  }

  /// A run that is about to be taken up.
  ///
  /// @param options what its agents work with from here on
  /// @param request what the engine is asked for
  /// @param settings what changes in an exact resume
  private record Ready(
      RunOptions options,
      RunRequest request,
      Optional<RunSettings> settings,
      ComposeWorkflow workflow,
      ImportFolder folder) {}

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
          var ready = ready(id, how, sandbox);
          Beginning beginning =
              (engine, it) ->
                  how.mode() == Mode.CONTINUE
                      ? engine.continueRun(id, it.request(), it.workflow(), audience)
                      : exactly(engine, id, it, audience);
          return running(ready, sandbox, audience, beginning);
        });
  }

  private static Run exactly(Engine engine, RunId id, Ready ready, Audience audience) {
    return ready.settings().isPresent()
        ? engine.resume(id, ready.request(), ready.settings().get(), ready.workflow(), audience)
        : engine.resume(id, ready.request(), ready.workflow(), audience);
  }

  private Runs.Running running(Ready ready, Sandbox sandbox, Audience audience, Beginning beginning)
      throws InterruptedException {
    var options = ready.options();
    var engine = workshop.engine(options, audience, programs.lookup(options.workspace()));
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
              var ready = ready(id, how, sandbox);
              var options = ready.options();
              var lookup = programs.lookup(options.workspace());
              try (var engine =
                  workshop.engine(options, Audience.of(java.util.List.of()), lookup)) {
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

  private Ready ready(RunId id, Resumption how, Sandbox sandbox) throws InterruptedException {
    var lineage = lineage(id);
    var started = lineage.latest().started().request();
    var now = lineage.latest().request();
    var options = changed(RunOptions.parse(now.options()), how, id);
    var script = scripts.at(started.scripts().getFirst().location());
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
              : Optional.of(new RunSettings(options.toJson(), options.budget(), deadline));
      // The script reads the budget it has read so far: it must do again what it did.
      var read = RunOptions.parse(started.options());
      var workflow = programs.composed(sandbox, read, folder, models(lineage, read));
      return new Ready(options, request, settings, workflow, folder);
    }
    var request =
        new RunRequest(
            meta.name(),
            folder.files().digests(),
            started.arguments(),
            options.toJson(),
            options.budget(),
            deadline);
    var workflow = programs.composed(sandbox, options, folder, models(lineage, options));
    return new Ready(options, request, Optional.empty(), workflow, folder);
  }

  private RunLineage lineage(RunId id) {
    return Failing.told(() -> {
      try (var reader = workshop.reader()) {
        return reader.lineage(id);
      }
    });
  }

  /// The run's models, if they are not those it began with.
  private ModelsSince models(RunLineage lineage, RunOptions options) {
    var began = lineage.generations().getFirst().started().request().options();
    return new ModelsSince(RunOptions.parse(began).model(), options, workshop::settledModel);
  }

  private RunOptions changed(RunOptions options, Resumption how, RunId id) {
    var changes = how.changes();
    var model = changes.model();
    if (model != null && how.mode() == Mode.EXACT) {
      throw new CommandException(
          "options_changed",
          "run %s cannot go on exactly as it was with another model; type: mimo runs resume %s"
                  .formatted(id, id)
              + " --continue --set model="
              + model);
    }
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
    // Agents that were edited since are what an edited script is to work with.
    return how.mode() == Mode.CONTINUE && options.workspace().equals(workshop.folder())
        ? now.withAgents(RunOptions.withBuiltins(workshop.agents()))
        : now;
  }

  private String reference(String model) {
    return switch (workshop.model(model)) {
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
