package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.Resumption;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunResult;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run whose script imports a file, with all of the program below it.
class ImportedRunTest {

  private static final Audience NOBODY = Audience.of(List.of());

  private static final String SCRIPT =
      """
      export const meta = { name: 'long', description: 'asks for long' };
      import { ask } from './lib.js';
      for (let i = 0; i < 900; i++) await ask(i);
      """;

  private static final String LIBRARY = "export const ask = (i) => agent('question ' + i);\n";

  private @TempDir Path home;

  @Test
  void anEditOfALibraryIsSeenByAResume() throws Exception { // L16, C13
    try (var stack = new WholeStack(home, new EchoModel(5), SandboxLimits.defaults())) {
      var library = Files.writeString(stack.folder().resolve("lib.js"), LIBRARY);
      var runs = stack.runs();
      RunResult stopped;
      try (var running = runs.start(stack.launch("long.js", SCRIPT, null), NOBODY)) {
        running.pause();
        stopped = assertInstanceOf(RunResult.Paused.class, running.await());
      }

      Files.writeString(library, LIBRARY + "// edited\n");
      var refused =
          assertThrows(
              CommandException.class, () -> runs.resume(stopped.id(), Resumption.EXACT, NOBODY));
      Files.writeString(library, LIBRARY);

      assertEquals("script_changed", refused.failure().code());
      assertTrue(
          refused.failure().message().contains(library + " has digest "),
          refused.failure().message());
      try (var running = runs.resume(stopped.id(), Resumption.EXACT, NOBODY)) {
        assertInstanceOf(RunResult.Completed.class, running.await());
      }
    }
  }
}
