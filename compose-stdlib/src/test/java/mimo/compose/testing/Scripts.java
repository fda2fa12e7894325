package mimo.compose.testing;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import mimo.compose.ComposeOptions;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.ComposeWorkflow;
import mimo.compose.Dialect;
import mimo.compose.ScriptFiles;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.engine.RunScope;
import mimo.engine.WorkflowResult;
import mimo.sandbox.Compilation;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;

/// Runs the body of a script in this process, under a `meta` that is not the test's concern.
public final class Scripts {

  /// On one line, so that line 2 of a script is line 1 of its body.
  public static final String META = "export const meta = { name: 't', description: 'a test' };\n";

  private Scripts() {}

  /// Options without limits a small script would meet.
  public static ComposeOptions options(Arguments arguments) {
    return options(arguments, Dialect.CLAUDE);
  }

  /// The same, for a script of another dialect.
  public static ComposeOptions options(Arguments arguments, Dialect dialect) {
    return new ComposeOptions(
        arguments,
        "/workspace",
        Optional.empty(),
        ComposeOptions.DEFAULT_MAX_AGENTS,
        ComposeOptions.DEFAULT_MAX_ITEMS,
        dialect);
  }

  public static WorkflowResult run(String body, RunScope run) throws InterruptedException {
    return run(body, run, options(Arguments.NONE));
  }

  public static WorkflowResult run(String body, RunScope run, Dialect dialect)
      throws InterruptedException {
    return run(body, run, options(Arguments.NONE, dialect));
  }

  public static WorkflowResult run(String body, RunScope run, ComposeOptions options)
      throws InterruptedException {
    return runWhole("t.js", META + body, run, options);
  }

  /// Runs a script as it stands, `meta` and all.
  public static WorkflowResult runWhole(
      String name, String text, RunScope run, ComposeOptions options) throws InterruptedException {
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      var source = new ScriptSource(name, text);
      var compiled = sandbox.compile(source);
      assertInstanceOf(Compilation.Compiled.class, compiled, compiled::toString);
      var files = new ScriptFiles(List.of(new ScriptFile(name, "/workspace/" + name, text)));
      return new ComposeWorkflow(sandbox, name, files, options).execute(run);
    }
  }

  /// The JSON text a script returned; fails the test if it did not end well.
  public static String value(WorkflowResult result) {
    return assertInstanceOf(WorkflowResult.Finished.class, result, result::toString).value();
  }
}
