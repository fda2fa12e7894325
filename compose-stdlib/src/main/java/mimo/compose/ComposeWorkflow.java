package mimo.compose;

import java.util.Optional;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.call.CallReader;
import mimo.engine.RunScope;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.engine.WorkflowResult.Resumable;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxException;

/// A Compose script as a workflow of the engine: the guest asks, the run's steps answer.
///
/// Used for one run, with a sandbox that has compiled the script. Whoever opened the sandbox closes
/// it; a cancelled run closes it too.
public final class ComposeWorkflow implements Workflow {

  private final Sandbox sandbox;
  private final String name;
  private final ScriptFiles files;
  private final ComposeOptions options;
  private final Knowledge knowledge;

  /// Remembers nothing of the files that scripts it runs consist of.
  public ComposeWorkflow(Sandbox sandbox, String name, ScriptFiles files, ComposeOptions options) {
    this(
        sandbox,
        name,
        files,
        options,
        new Knowledge(ErasedTexts.NONE, ModelChange.NONE, Optional.empty()));
  }

  /// @param name what errors call the script
  /// @param files what the sandbox compiled
  /// @param texts what files in TypeScript were found to be without their types before
  public ComposeWorkflow(
      Sandbox sandbox, String name, ScriptFiles files, ComposeOptions options, ErasedTexts texts) {
    this(sandbox, name, files, options, new Knowledge(texts, ModelChange.NONE, Optional.empty()));
  }

  private ComposeWorkflow(
      Sandbox sandbox, String name, ScriptFiles files, ComposeOptions options, Knowledge known) {
    this.sandbox = sandbox;
    this.name = name;
    this.files = files;
    this.options = options;
    this.knowledge = known;
  }

  /// What is known beside the script.
  ///
  /// @param amendment what one step asks in place of what the script says
  record Knowledge(ErasedTexts texts, ModelChange models, Optional<Amendment> amendment) {}

  /// The same in a run where agents may have other models than when it began.
  public ComposeWorkflow with(ModelChange models) {
    return with(new Knowledge(knowledge.texts(), models, knowledge.amendment()));
  }

  /// The same where one step asks something else.
  public ComposeWorkflow with(Amendment amendment) {
    return with(new Knowledge(knowledge.texts(), knowledge.models(), Optional.of(amendment)));
  }

  private ComposeWorkflow with(Knowledge known) {
    return new ComposeWorkflow(sandbox, name, files, options, known);
  }

  @Override
  public WorkflowResult execute(RunScope run) throws InterruptedException {
    var tree = new ScriptTree(sandbox, knowledge, run, options);
    // A guest may be busy for seconds, deaf to everything but the end of its process.
    try (var _ = run.cancellation().onCancel(sandbox::close)) {
      // As stored, so that a resumed script reads what it read at first (D7).
      var arguments = options.arguments() == Arguments.GIVEN ? run.arguments() : null;
      var identity = NestedRun.identity(files, arguments);
      var place = ScriptPlace.first(name, files.script().location(), identity, run.seed());
      var launch = GuestLaunches.of(files.text(), arguments, run.seed(), tree.world(), options);
      return tree.toTheEnd(sandbox.start(launch), place);
    } catch (SandboxException broken) {
      return stopped(broken, run, tree);
    } catch (CallReader.UnknownCall unknown) {
      return failed("worker_protocol", unknown, tree);
    } catch (ComposeException limit) {
      return failed(limit.code(), limit, tree);
    }
  }

  private static WorkflowResult failed(String code, RuntimeException why, ScriptTree tree) {
    return new WorkflowResult.Failed(
        code, String.valueOf(why.getMessage()), null, Resumable.NO, tree.losses().all());
  }

  private static WorkflowResult stopped(SandboxException broken, RunScope run, ScriptTree tree)
      throws InterruptedException {
    if (run.cancellation().isCancelled()) {
      throw new InterruptedException("the run is being stopped");
    }
    // A killed worker says nothing about the script: a fresh one takes the run up again (S22).
    var resumable = broken.code().equals("worker_died") ? Resumable.YES : Resumable.NO;
    return new WorkflowResult.Failed(
        broken.code(), String.valueOf(broken.getMessage()), null, resumable, tree.losses().all());
  }
}
