package mimo.cli.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import mimo.cli.error.CommandException;
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
}
