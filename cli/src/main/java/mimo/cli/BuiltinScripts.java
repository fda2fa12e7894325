package mimo.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.workflows.BuiltinWorkflow;

/// The workflows that come with mimo, as commands look for them.
final class BuiltinScripts implements Scripts.Builtins {

  @Override
  public List<String> names() {
    return Arrays.stream(BuiltinWorkflow.values()).map(BuiltinWorkflow::title).toList();
  }

  @Override
  public Optional<Script> find(String name) {
    return BuiltinWorkflow.named(name)
        .map(workflow -> new Script(workflow.fileName(), workflow.location(), workflow.script()));
  }

  @Override
  public Optional<String> readme(String name) {
    return BuiltinWorkflow.named(name).map(BuiltinWorkflow::readme);
  }
}
