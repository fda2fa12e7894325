package mimo.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mimo.cli.command.Shelf.Tested;
import mimo.cli.error.CommandException;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.compose.ComposeWorkflow;
import mimo.compose.ScriptFiles;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.engine.Replay;
import mimo.engine.Replay.Verdict;
import mimo.engine.RunKeeper;
import mimo.engine.RunRequest;
import mimo.engine.archive.ArchivedRun;
import mimo.engine.reuse.RunLineage;
import mimo.sandbox.Compilation;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.Sandbox;
import mimo.sandbox.ScriptSource;

/// Runs exported runs again, each on its own record: the script as it is now, and where there is
/// none any more, as it was. Nothing that could perform a step is made.
final class Replays {

  private static final String BUILTIN = "builtin:";

  private final LocalRuns.Workshop workshop;
  private final Scripts scripts;

  Replays(LocalRuns.Workshop workshop, Scripts scripts) {
    this.workshop = workshop;
    this.scripts = scripts;
  }

  /// A program, and what it imports.
  private record Program(Script script, ImportedFiles imports) {}

  Tested test(Path file, Path shown) throws InterruptedException {
    try {
      var run = RunFiles.read(file);
      return test(run, shown);
    } catch (CommandException e) {
      return Tested.broken(shown, e.failure());
    }
  }

  private Tested test(ArchivedRun run, Path shown) throws InterruptedException {
    var lineage = RunKeeper.lineage(run);
    var replay = new Replay(run.run(), lineage.latest().entries(), workshop.keptRedaction());
    var sandbox = workshop.sandbox();
    var verdict = Failing.closing(sandbox, () -> replay(run, lineage, replay, sandbox));
    sandbox.close();
    var name = replay.request().workflow();
    return switch (verdict) {
      case Verdict.Same(int steps) -> new Tested(shown, name, steps, "", "");
      case Verdict.Diverged(var message) ->
          new Tested(shown, name, 0, "determinism_violation", message);
      case Verdict.EndedOtherwise(var message) ->
          new Tested(shown, name, 0, "result_differs", message);
      case Verdict.Broken(var code, var message) -> new Tested(shown, name, 0, code, message);
    };
  }

  private Verdict replay(ArchivedRun run, RunLineage lineage, Replay replay, Sandbox sandbox)
      throws InterruptedException {
    var request = replay.request();
    var options = RunOptions.parse(request.options());
    var program = program(run, request, options);
    var source = new ScriptSource(program.script().name(), program.script().text());
    return switch (sandbox.compile(source, program.imports(), workshop.erasedTexts())) {
      case Compilation.Rejected(var faults) when program.imports() instanceof ImportFolder folder ->
          throw new CommandException(
              ScriptCheck.failure(faults.getFirst(), program.script(), folder));
      case Compilation.Rejected(var faults) ->
          new Verdict.Broken("script_invalid", faults.getFirst().message());
      case Compilation.Compiled _ -> {
        var files = files(program, request);
        var workflow =
            new ComposeWorkflow(
                sandbox, options.script(), files, options.compose(), workshop.erasedTexts());
        var models = ModelsSince.of(lineage, options, workshop);
        yield replay.of(Amendments.applied(request.options(), workflow.with(models)));
      }
    };
  }

  private Program program(ArchivedRun run, RunRequest request, RunOptions options) {
    var location = request.scripts().getFirst().location();
    if (location.startsWith(BUILTIN)) {
      var script = scripts.at(location);
      return new Program(script, ImportFolder.of(script));
    }
    var here = here(Path.of(location), options.workspace());
    var text = here.flatMap(RunFiles::text);
    if (text.isPresent()) {
      var script = new Script(options.script(), here.get().toString(), text.get());
      return new Program(script, ImportFolder.of(script));
    }
    var recorded =
        run.text(location)
            .orElseThrow(() ->
                new CommandException(
                    "script_missing",
                    "there is no script for this run: neither here nor in the file is "
                        + location));
    return new Program(
        new Script(options.script(), location, recorded),
        new RecordedFiles(run, options.script(), Path.of(location)));
  }

  /// Where the script is in this workspace that was there in the other.
  private Optional<Path> here(Path location, Path workspace) {
    return location.startsWith(workspace)
        ? Optional.of(workshop.folder().resolve(workspace.relativize(location).toString()))
        : Optional.empty();
  }

  /// The program under the places it had: what it asks for names them.
  private static ScriptFiles files(Program program, RunRequest request) {
    var location = request.scripts().getFirst().location();
    if (program.imports() instanceof ImportFolder folder && !location.startsWith(BUILTIN)) {
      var root = Path.of(location).resolveSibling("");
      return new ScriptFiles(
          folder.files().files().stream()
              .map(file ->
                  new ScriptFile(file.path(), root.resolve(file.path()).toString(), file.text()))
              .toList());
    }
    var name = Path.of(location).getFileName();
    return new ScriptFiles(
        List.of(new ScriptFile(String.valueOf(name), location, program.script().text())));
  }
}
