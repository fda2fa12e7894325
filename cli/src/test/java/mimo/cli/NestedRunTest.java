package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mimo.cli.command.Resumption;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunResult;
import mimo.engine.testing.Patience;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts that run others, with everything of the program at work (L44, L119).
class NestedRunTest {

  private static final Audience NOBODY = Audience.of(List.of());

  private @TempDir Path home;
  private final EchoModel model = new EchoModel(5);

  private static String script(String name, String body) {
    return "export const meta = { name: '" + name + "', description: 'd' };\n" + body;
  }

  private static void place(WholeStack stack, String path, String text) throws IOException {
    var file = stack.folder().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void scriptsAreFoundByNameAndByPathAndImportTheirOwn() throws Exception { // L14, L18
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      place(
          stack,
          ".mimocode/workflows/named.js",
          script(
              "named",
              "import { mark } from './lib/mark.js';\nreturn mark(await agent('one ' + args));"));
      place(
          stack, ".mimocode/workflows/lib/mark.js", "export const mark = (text) => text + '!';\n");
      place(stack, "lib/pathed.js", script("pathed", "return await workflow('named', args + 1);"));
      var main =
          script(
              "main",
              "return await parallel([() => workflow('named', 1), () => workflow({scriptPath:"
                  + " 'lib/pathed.js'}, 1)]);");

      try (var running = stack.runs().start(stack.launch("main.js", main, null), NOBODY)) {
        var done = assertInstanceOf(RunResult.Completed.class, running.await());

        assertEquals("[\"echo one 1!\",\"echo one 2!\"]", done.value());
        assertEquals(20, done.usage().get("output_tokens"));
      }
    }
  }

  @Test
  void anEditAfterTheLookupChangesNoResumedRun() throws Exception { // L38
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var child = ".mimocode/workflows/child.js";
      place(
          stack,
          child,
          script("child", "for (let i = 0; i < 300; i++) await agent('q ' + i); return 'old';"));
      var main = script("main", "await agent('go'); return await workflow('child');");
      var runs = stack.runs();
      RunResult stopped;
      try (var running = runs.start(stack.launch("main.js", main, null), NOBODY)) {
        Patience.until(() -> model.requests() >= 20);
        running.pause();
        stopped = assertInstanceOf(RunResult.Paused.class, running.await());
      }

      place(stack, child, script("child", "return 'new';"));

      try (var running = runs.resume(stopped.id(), Resumption.EXACT, NOBODY)) {
        assertEquals(
            "\"old\"", assertInstanceOf(RunResult.Completed.class, running.await()).value());
      }
      assertTrue(model.asked().values().stream().filter(times -> times > 1).count() <= 1);
    }
  }

  @Test
  void aNestedScriptThatNeverStopsEndsTheWholeRun() throws Exception { // L119, L103
    var limits =
        SandboxLimits.defaults()
            .withTimes(times -> times.withEntry(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    try (var stack = new WholeStack(home, model, limits)) {
      place(stack, ".mimocode/workflows/spin.js", script("spin", "for (;;) {}"));
      var main = script("main", "try { await workflow('spin'); } catch {} return 1;");

      try (var running = stack.runs().start(stack.launch("main.js", main, null), NOBODY)) {
        var failed = assertInstanceOf(RunResult.Failed.class, running.await());

        assertEquals("script_cpu", failed.code());
      }
      assertTrue(stack.leavesNoOrphan(2000));
    }
  }

  @Test
  void aDryRunLooksAtNestedScriptsToo() throws Exception { // L116
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      place(
          stack,
          ".mimocode/workflows/child.js",
          script("child", "phase('Inner'); return await agent('p', {label: 'x'});"));
      var main = script("main", "return await workflow('child');");

      var report = stack.runs().dryRun(stack.launch("main.js", main, null), null);

      assertEquals(List.of("child › Inner"), report.phases());
      assertEquals(List.of("w:child"), report.calls().stream().map(call -> call.path()).toList());
      assertEquals("\"[dry run] answer to: p\"", report.value());
      assertEquals(0, model.requests());
    }
  }

  @Test
  void aCheckWarnsOfScriptsThatAreNotThere() throws Exception { // L115
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      place(stack, ".mimocode/workflows/child.js", script("child", "return 1;"));
      var main =
          script(
              "main",
              """
              await workflow('child'); await workflow("chld"); await workflow({name: 'x'});
              log("workflow('none')"); await workflow("export const meta = {};");
              { const workflow = (name) => name; workflow('own'); }
              await workflow('lib/none.js', 1);
              """);

      var checked = stack.runs().check(stack.launch("main.js", main, null).script());

      assertEquals(List.of(), checked.problems());
      assertEquals(
          List.of(
              "main.js:2:41 workflow_unknown no workflow is called 'chld'; did you mean 'child'?",
              "main.js:5:16 workflow_unknown there is no script lib/none.js in the workspace"),
          checked.warnings().stream()
              .map(warning -> warning.position() + " " + warning.code() + " " + warning.message())
              .toList());
    }
  }
}
