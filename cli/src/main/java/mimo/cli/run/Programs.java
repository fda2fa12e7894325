package mimo.cli.run;

import java.nio.file.Path;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.run.LocalRuns.Workshop;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.compose.ComposeWorkflow;
import mimo.compose.ModelChange;
import mimo.compose.ScriptMeta;
import mimo.sandbox.Compilation;
import mimo.sandbox.Sandbox;
import mimo.sandbox.ScriptSource;

/// Makes of scripts what a run can execute. Confined to the command's thread.
final class Programs {

  private final Workshop workshop;
  private final Scripts scripts;

  Programs(Workshop workshop, Scripts scripts) {
    this.workshop = workshop;
    this.scripts = scripts;
  }

  /// Has the sandbox compile a script and all it imports.
  ///
  /// @param folder takes note of the files it reads
  ScriptMeta compile(Sandbox sandbox, Script script, ImportFolder folder)
      throws InterruptedException {
    var source = new ScriptSource(script.name(), script.text());
    return switch (sandbox.compile(source, folder, workshop.erasedTexts())) {
      case Compilation.Compiled compiled -> ScriptMeta.parse(compiled.meta());
      case Compilation.Rejected(var faults) -> {
        var first = ScriptCheck.failure(faults.getFirst(), script, folder);
        var more = faults.size() == 1 ? "" : " (and %d more)".formatted(faults.size() - 1);
        throw new CommandException(
            new Failure(
                first.code(), first.message() + more, first.position(), first.source(), null));
      }
    };
  }

  /// What the sandbox has compiled, as a workflow.
  ComposeWorkflow composed(Sandbox sandbox, RunOptions options, ImportFolder folder) {
    return composed(sandbox, options, folder, ModelChange.NONE);
  }

  /// The same in a run whose models may not be those it was started with.
  ComposeWorkflow composed(
      Sandbox sandbox, RunOptions options, ImportFolder folder, ModelChange models) {
    return new ComposeWorkflow(
            sandbox, options.script(), folder.files(), options.compose(), workshop.erasedTexts())
        .with(models);
  }

  /// Finds the scripts that scripts of this workspace run.
  WorkflowLookup lookup(Path workspace) {
    return new WorkflowLookup(scripts.in(workspace), workspace);
  }
}
