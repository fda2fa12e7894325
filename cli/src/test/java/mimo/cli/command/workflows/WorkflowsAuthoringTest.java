package mimo.cli.command.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import mimo.sandbox.Compilation.Compiled;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mimo workflows new` and `save`: scripts that get a name.
final class WorkflowsAuthoringTest {

  private static final String REVIEW =
      "export const meta = { name: 'review', description: 'Reviews.'%s };\n";

  @TempDir private Path folder;

  private Commands mimo;

  @BeforeEach
  void standsInAFolder() {
    mimo = new Commands(new ScriptedInspection()).in(folder);
  }

  @Test
  void aNewScriptIsWrittenOnceAndNeverReplaced() throws IOException {
    var file = folder.resolve(".mimocode/workflows/triage.js");

    assertEquals(ExitCode.OK, mimo.run("workflows", "new", "triage", "--dialect", "odw"));
    var text = Files.readString(file);
    assertEquals(ExitCode.USAGE, mimo.run("workflows", "new", "triage"));

    assertEquals(file + "\n", mimo.out());
    assertTrue(text.contains("name: \"triage\"") && text.contains("dialect: \"odw\""), text);
    assertEquals(text, Files.readString(file));
    assertTrue(mimo.err().contains("workflow_exists"), mimo.err());
  }

  @Test
  void theTemplateIsALegalScriptInEveryDialect() throws Exception {
    for (var dialect : new String[] {null, "mimocode", "odw"}) {
      try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
        var text = WorkflowsNew.text("my-review", dialect);

        var compilation = sandbox.compile(new ScriptSource("t.js", text));

        assertTrue(compilation instanceof Compiled, compilation::toString);
        assertEquals(
            dialect != null, ((Compiled) compilation).meta().contains("\"dialect\":\"" + dialect));
        assertTrue(((Compiled) compilation).meta().startsWith("{\"name\":\"my-review\""));
      }
    }
  }

  @Test
  void aSavedScriptIsACopyAndItsNewDialectIsTold() throws IOException { // L20
    Files.writeString(folder.resolve("review.js"), REVIEW.formatted(""));

    assertEquals(ExitCode.OK, mimo.run("workflows", "save", "review.js"));

    var copy = folder.resolve(".mimocode/workflows/review.js");
    assertEquals(REVIEW.formatted(""), Files.readString(copy));
    assertEquals(copy + "\n", mimo.out());
    assertEquals(
        "mimo: it ran in the dialect claude, and runs as mimocode there; write dialect: 'claude'"
            + " into its meta to keep it.\n",
        mimo.err());
  }

  @Test
  void aScriptThatNamesItsDialectKeepsIt() throws IOException { // L20
    Files.writeString(folder.resolve("review.js"), REVIEW.formatted(", dialect: 'claude'"));

    assertEquals(ExitCode.OK, mimo.run("workflows", "save", "review.js", "panel"));
    assertEquals(ExitCode.USAGE, mimo.run("workflows", "save", "review.js", "panel"));
    assertEquals(ExitCode.OK, mimo.run("workflows", "save", "review.js", "panel", "--force"));

    assertTrue(Files.exists(folder.resolve(".mimocode/workflows/panel.js")));
    assertTrue(!mimo.err().contains("dialect"), mimo.err());
  }
}
