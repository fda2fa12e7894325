package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.Scripts;
import mimo.engine.WorkflowResult;
import mimo.sandbox.Compilation;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxProcess;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.testing.HostileCase;
import mimo.sandbox.testing.Workers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attacks on the functions of the library: scripts that give them thenables, getters, proxies and
/// members that mean something elsewhere, or call them from within. Each file says in its first
/// lines how it must end (`expect`) and how often anything may be asked (`asks`).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileLibraryTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", ""), "src/test/resources", "hostile");

  private static final Pattern ASKS = Pattern.compile("(?m)^// asks: (\\d+)$");

  private Path scratch = Path.of("");
  private @Nullable SandboxProcess ready;

  static List<HostileCase> cases() {
    return HostileCase.all(FOLDER);
  }

  @BeforeAll
  void warmUp(@TempDir Path folder) {
    scratch = folder;
    ready = SandboxProcess.spawn(Workers.plain(scratch));
  }

  @AfterAll
  void close() {
    if (ready != null) {
      ready.close();
    }
  }

  @Test
  void thereAreEnoughAttacks() {
    assertTrue(cases().size() >= 45, () -> "saw only " + cases().size());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isContained(HostileCase attack) throws InterruptedException { // S25
    var run = ScriptedRun.answering();
    try (var sandbox = worker()) {
      var end = end(attack, run, sandbox);

      assertTrue(attack.contains(end), () -> "expected " + attack.expected() + ", but it " + end);
    }
    var asks = ASKS.matcher(attack.text());
    assertTrue(asks.find(), "the case does not say how often it asks");
    assertEquals(Integer.parseInt(asks.group(1)), run.requests().size(), "requests");
  }

  /// A worker that warmed up during the last attack.
  private Sandbox worker() {
    var warm = ready == null ? SandboxProcess.spawn(Workers.plain(scratch)) : ready;
    ready = SandboxProcess.spawn(Workers.plain(scratch));
    return warm;
  }

  /// How it ended, in the words of the first lines.
  private static String end(HostileCase attack, ScriptedRun run, Sandbox sandbox)
      throws InterruptedException {
    var script = new ScriptSource(attack.name(), attack.text());
    var compiled = assertInstanceOf(Compilation.Compiled.class, sandbox.compile(script));
    var dialect = Dialect.of(null, ScriptMeta.parse(compiled.meta()), "/workspace/attack.js");
    var options = Scripts.options(Arguments.NONE, dialect);
    var file = new ScriptFile(attack.name(), "/workspace/" + attack.name(), attack.text());
    var files = new ScriptFiles(List.of(file));
    return switch (new ComposeWorkflow(sandbox, attack.name(), files, options).execute(run)) {
      case WorkflowResult.Finished(var value, _) -> "finished " + value;
      case WorkflowResult.Failed failed -> "failed " + failed.code() + " " + failed.message();
    };
  }
}
