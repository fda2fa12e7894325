package mimo.compose;

import mimo.engine.RunScope;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.sandbox.Sandbox;

/// A Compose script as a workflow of the engine: the guest asks, the run's steps answer.
///
/// Used for one run, with a sandbox that has compiled the script. Whoever opened the sandbox closes
/// it; a cancelled run closes it too.
public final class ComposeWorkflow implements Workflow {

  private final Sandbox sandbox;
  private final String scriptName;
  private final ComposeOptions options;

  /// @param scriptName the file that positions in messages refer to
  public ComposeWorkflow(Sandbox sandbox, String scriptName, ComposeOptions options) {
    this.sandbox = sandbox;
    this.scriptName = scriptName;
    this.options = options;
  }

  @Override
  public WorkflowResult execute(RunScope run) throws InterruptedException {
    // A guest may be busy for seconds, deaf to everything but the end of its process.
    try (var _ = run.cancellation().onCancel(sandbox::close)) {
      var guest = sandbox.start(GuestLaunches.of(run, options));
      return new ScriptExecution(guest, run, scriptName, options).toTheEnd();
    }
  }
}
