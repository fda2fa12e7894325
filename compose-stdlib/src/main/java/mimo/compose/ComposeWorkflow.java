package mimo.compose;

import mimo.engine.RunScope;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.sandbox.Sandbox;
import mimo.sandbox.ScriptSource;

/// A Compose script as a workflow of the engine: the guest asks, the run's steps answer.
///
/// Used for one run, with a sandbox that has compiled the script. Whoever opened the sandbox closes
/// it; a cancelled run closes it too.
public final class ComposeWorkflow implements Workflow {

  private final Sandbox sandbox;
  private final ScriptSource script;
  private final ComposeOptions options;

  /// @param script what the sandbox compiled; positions in messages refer to its name
  public ComposeWorkflow(Sandbox sandbox, ScriptSource script, ComposeOptions options) {
    this.sandbox = sandbox;
    this.script = script;
    this.options = options;
  }

  @Override
  public WorkflowResult execute(RunScope run) throws InterruptedException {
    // A guest may be busy for seconds, deaf to everything but the end of its process.
    try (var _ = run.cancellation().onCancel(sandbox::close)) {
      var guest = sandbox.start(GuestLaunches.of(run, script.text(), options));
      return new ScriptExecution(guest, run, script.name(), options).toTheEnd();
    }
  }
}
