package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.Commands;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are exported, replayed as tests, taken in again and removed, with all of the program
/// below the command line (D58, D60, D61).
final class RecordedRunsTest {

  private static final Audience NOBODY = Audience.of(List.of());

  private static final String SCRIPT =
      """
      export const meta = { name: 'survey', description: 'asks, and asks again' };
      import { ask } from './lib.js';
      phase('ask');
      const first = await ask('one');
      log('got ' + first);
      const both = await parallel([() => ask('two'), () => workflow({ scriptPath: 'part.js' })]);
      const files = await glob('*.txt');
      return { first, both, files };
      """;

  private static final String LIBRARY = "export const ask = (what) => agent('question ' + what);\n";

  private static final String PART =
      """
      export const meta = { name: 'part', description: 'one more question' };
      return await agent('question of a part');
      """;

  private @TempDir Path home;
  private final EchoModel model = new EchoModel(0);

  private WholeStack stack(String name) {
    return new WholeStack(home.resolve(name), model, SandboxLimits.defaults());
  }

  private static RunId ran(WholeStack stack) throws Exception {
    Files.writeString(stack.folder().resolve("lib.js"), LIBRARY);
    Files.writeString(stack.folder().resolve("part.js"), PART);
    Files.writeString(stack.folder().resolve("a.txt"), "a\n");
    try (var running = stack.runs().start(stack.launch("survey.js", SCRIPT, null), NOBODY)) {
      return assertInstanceOf(RunResult.Completed.class, running.await()).id();
    }
  }

  private static Commands commands(WholeStack stack) {
    return new Commands(new ScriptedInspection()).over(stack.runs());
  }

  private static void edit(WholeStack stack, String before, String after) throws IOException {
    var file = stack.folder().resolve("survey.js");
    Files.writeString(file, Files.readString(file).replace(before, after));
  }

  @Test
  void replaysARecordedRunWithoutAModelAndTellsWhatChangedD58() throws Exception {
    try (var stack = stack("one")) {
      var run = ran(stack);
      var commands = commands(stack);
      assertEquals(
          ExitCode.OK,
          commands.run("runs", "export", run.value(), "--output", ".mimocode/tests/s.mimorun"));
      int asked = model.requests();

      assertEquals(ExitCode.OK, commands(stack).run("test"));
      assertEquals(asked, model.requests(), "no model is asked");

      edit(stack, "'one'", "'won'");
      var changed = commands(stack);
      assertEquals(ExitCode.FAILURE, changed.run("test"));
      assertTrue(changed.out().startsWith("FAILED  .mimocode/tests/s.mimorun"), changed.out());
      assertTrue(
          changed
              .out()
              .contains("MIMO-612 determinism_violation: run " + run + " step 1, lib.js:1:"),
          changed.out());
      assertTrue(
          changed
              .out()
              .contains(
                  "asked \"question won\".\n"
                      + "        → mend the script; if it is right as it is, record it again: mimo"
                      + " runs export RUN --output .mimocode/tests/s.mimorun\n"),
          changed.out());
      assertTrue(changed.out().endsWith("0 passed, 1 failed\n"), changed.out());

      edit(stack, "'won'", "'one'");
      edit(stack, "{ first, both", "{ second: first, both");
      var other = commands(stack);
      assertEquals(ExitCode.FAILURE, other.run("test", "--json"));
      assertTrue(other.out().contains("\"error\":\"result_differs\""), other.out());

      Files.delete(stack.folder().resolve("survey.js"));
      Files.delete(stack.folder().resolve("lib.js"));
      var recorded = commands(stack);
      assertEquals(ExitCode.OK, recorded.run("test"), recorded.out());
      assertEquals(
          "ok      .mimocode/tests/s.mimorun  (survey, 6 steps)\n1 passed, 0 failed\n",
          recorded.out());
    }
  }

  @Test
  void showsWhereAScriptOfATestIsNoScript() throws Exception {
    try (var stack = stack("one")) {
      var run = ran(stack).value();
      commands(stack).run("runs", "export", run, "--output", ".mimocode/tests/s.mimorun");
      var file = stack.folder().resolve("survey.js");
      Files.writeString(file, Files.readString(file) + "const = 1;\n");
      long line = Files.readString(file).lines().count();

      var broken = commands(stack);
      assertEquals(ExitCode.FAILURE, broken.run("test"));

      var told = broken.out().lines().toList();
      assertTrue(
          told.get(1).startsWith("        MIMO-601 script_invalid: survey.js:" + line + ":7: "),
          broken.out());
      assertEquals("          " + line + " | const = 1;", told.get(2));
      assertEquals("        → correct the script at the position named.", told.get(4));
    }
  }

  @Test
  void replaysARunThatWasRecordedElsewhereD58() throws Exception {
    var file = home.resolve("s.mimorun").toString();
    try (var here = stack("here")) {
      assertEquals(
          ExitCode.OK, commands(here).run("runs", "export", ran(here).value(), "--output", file));
    }
    int asked = model.requests();
    try (var there = stack("there")) {
      var script = there.folder().resolve("survey.js");
      Files.writeString(there.folder().resolve("lib.js"), LIBRARY);
      Files.writeString(script, SCRIPT);
      assertEquals(ExitCode.OK, commands(there).run("test", file));

      Files.writeString(script, SCRIPT.replace("'two'", "'too'"));
      assertEquals(ExitCode.FAILURE, commands(there).run("test", file));
    }
    assertEquals(asked, model.requests(), "no model is asked");
  }

  @Test
  void exportsImportsPinsAndRemovesRunsByTheirWordsD60D61() throws Exception {
    try (var stack = stack("one")) {
      var run = ran(stack);
      var file = home.resolve("x.mimorun");
      var export = commands(stack);
      assertEquals(
          ExitCode.OK, export.run("runs", "export", run.value(), "--output", file.toString()));
      assertEquals(file + "\n", export.out());
      assertEquals("", export.err());

      var taken = commands(stack);
      assertEquals(ExitCode.OK, taken.run("runs", "import", file.toString()));
      var second = taken.out().strip();
      assertFalse(second.equals(run.value()), "the id was taken");
      assertEquals(
          stack.runs().events(run), stack.runs().events(new RunId(second)), "equal events");

      assertEquals(ExitCode.OK, commands(stack).run("runs", "pin", second));
      var shown = commands(stack);
      assertEquals(
          ExitCode.OK,
          shown.run("runs", "gc", "--older-than", "0d", "--keep", "0", "--dry-run", "--json"));
      assertTrue(shown.out().startsWith("{\"v\":1,\"wouldRemove\":[\"" + run + "\"]"), shown.out());
      var swept = commands(stack);
      assertEquals(ExitCode.OK, swept.run("runs", "gc", "--older-than", "0", "--keep", "0"));
      assertTrue(swept.out().contains("removed 1 run; the store has "), swept.out());
      assertEquals(ExitCode.OK, commands(stack).run("runs", "unpin", second));
      assertEquals(ExitCode.OK, commands(stack).run("runs", "rm", second));

      assertEquals(List.of(), stack.runs().list());
    }
  }

  @Test
  void refusesWhatIsNoExportedRunAndTakesNothing() throws Exception {
    try (var stack = stack("one")) {
      var file = Files.writeString(home.resolve("no.mimorun"), "{\"mimorun\":1}\n");
      var refused = commands(stack);

      assertEquals(ExitCode.FAILURE, refused.run("runs", "import", file.toString()));
      assertTrue(refused.err().contains("MIMO-511 archive_invalid"), refused.err());
      assertEquals(ExitCode.FAILURE, commands(stack).run("test", file.toString()));
      assertEquals(ExitCode.FAILURE, commands(stack).run("runs", "import", "missing.mimorun"));
      var none = commands(stack);
      assertEquals(ExitCode.USAGE, none.run("test"));
      assertEquals(ExitCode.USAGE, commands(stack).run("test", "nosuch"));
      assertTrue(none.err().contains("MIMO-665 no_tests"), none.err());
      assertEquals(List.of(), stack.runs().list());
    }
  }
}
