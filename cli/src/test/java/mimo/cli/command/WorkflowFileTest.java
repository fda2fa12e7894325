package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import mimo.cli.error.CommandException;
import mimo.sandbox.Compilation.Compiled;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkflowFileTest {

  @TempDir Path folder;

  @Test
  void replacesNothingUnlessItIsToldTo() throws Exception {
    var file = WorkflowFile.named(folder.resolve("new/folder"), "review");
    file.create("one");

    var fault = assertThrows(CommandException.class, () -> file.create("two"));

    assertEquals(
        "workflow_exists: " + file.path() + " exists already",
        fault.failure().code() + ": " + fault.getMessage());
    file.replace("three");
    assertEquals("three", Files.readString(file.path()));
    try (var files = Files.list(file.path().getParent())) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void takesNamesOnly() { // L17
    for (var name : new String[] {"", "../x", "a/b", ".x", "x.js", "-x"}) {
      var fault =
          assertThrows(CommandException.class, () -> WorkflowFile.named(folder, name), name);

      assertEquals("usage", fault.failure().code());
    }
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
}
