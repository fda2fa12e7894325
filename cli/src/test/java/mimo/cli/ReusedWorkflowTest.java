package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.ReuseView;
import mimo.cli.testing.Commands;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real scripts that run others, continued with and without an edit or another model (D30, D34,
/// D36).
final class ReusedWorkflowTest {

  private static final Audience NOBODY = Audience.of(List.of());
  private static final Resumption CONTINUE = new Resumption(Mode.CONTINUE, Changes.NONE);

  private static final String OUTER =
      """
      export const meta = { name: 'outer', description: 'd' };
      const first = await agent('first');
      const inside = await workflow('child', { of: 'all' });
      return [first, inside, await agent('last')];
      """;

  private @TempDir Path home;
  private final EchoModel model = new EchoModel(0);

  /// Reads a file, asks two agents, and runs a script of its own.
  private static String child(String second) {
    return """
    export const meta = { name: 'child', description: 'd' };
    const text = await readFile('notes.txt');
    const one = await agent(`look at ${args.of}`, { label: 'look' });
    const two = await agent(%s, { label: 'second' });
    return { text, one, two, deep: await workflow('deep') };
    """
        .formatted(second);
  }

  private static String deep(String prompt) {
    return "export const meta = { name: 'deep', description: 'd' };\nreturn await agent('%s');\n"
        .formatted(prompt);
  }

  private static void place(WholeStack stack, String name, String text) throws IOException {
    var folder = Files.createDirectories(stack.folder().resolve(".mimocode/workflows"));
    Files.writeString(folder.resolve(name), text);
  }

  private RunResult.Completed first(WholeStack stack) throws Exception {
    Files.writeString(stack.folder().resolve("notes.txt"), "notes");
    place(stack, "child.js", child("'two'"));
    place(stack, "deep.js", deep("dig"));
    try (var running = stack.runs().start(stack.launch("outer.js", OUTER, null), NOBODY)) {
      var done = assertInstanceOf(RunResult.Completed.class, running.await());
      assertEquals(5, model.requests());
      model.forget();
      return done;
    }
  }

  private RunResult.Completed goOn(WholeStack stack, RunId id) throws InterruptedException {
    try (var running = stack.runs().resume(id, CONTINUE, NOBODY)) {
      return assertInstanceOf(RunResult.Completed.class, running.await());
    }
  }

  private static List<String> report(WholeStack stack, RunId id) {
    return ReuseView.lines(stack.runs().reuse(id).orElseThrow());
  }

  @Test
  void aWorkflowThatIsWhatItWasIsReusedWholeD34() throws Exception {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = first(stack);
      Files.writeString(stack.folder().resolve("notes.txt"), "other notes");
      var plan = stack.runs().plan(first.id(), CONTINUE).plan();

      var second = goOn(stack, first.id());

      assertEquals(0, model.requests(), model.asked().toString());
      assertEquals(first.value(), second.value(), "nor was the file read again");
      assertEquals(first.usage(), second.usage(), "D35");
      assertEquals(
          List.of(
              "continued as generation 1: 3 of 4 steps reused, 1 ran",
              "  reused    same: #1, 3–4",
              "  ran       #2 child  file-live"),
          report(stack, first.id()));
      assertEquals(stack.runs().reuse(first.id()).orElseThrow().lines(), plan.lines(), "D37");
      assertEquals(List.of(), plan.running());
    }
  }

  @Test
  void aWorkflowThatWasEditedIsEnteredAndItsStepsMatchedD34() throws Exception {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = first(stack);
      place(stack, "child.js", child("'two, but short'"));

      goOn(stack, first.id());

      assertEquals(Map.of("two, but short", 1), model.asked());
      var report = report(stack, first.id());
      assertTrue(report.contains("  ran       #3 workflow(child)  options-changed"), report + "");
      assertTrue(report.contains("  ran       #6 second  prompt-changed"), report.toString());
      assertTrue(
          report.stream().anyMatch(line -> line.startsWith("              digest was")),
          report.toString());
      assertEquals("  reused    same: #1, 5, 8–9", report.get(1), "deep is reused whole in it");
    }
  }

  @Test
  void aScriptThatWasEditedFarInsideIsRunAsItIsNowD34() throws Exception {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = first(stack);
      place(stack, "deep.js", deep("dig deeper"));

      var second = goOn(stack, first.id());

      assertEquals(Map.of("dig deeper", 1), model.asked());
      assertTrue(second.value().contains("echo dig deeper"), second.value());
    }
  }

  @Test
  void aRunThatReusedAWorkflowIsContinuedAgainAndForkedD34D38() throws Exception {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = first(stack);
      goOn(stack, first.id());
      var commands = commands(stack);

      assertEquals(ExitCode.OK, commands.run("runs", "fork", first.id().value(), "--at", "4"));
      var third = goOn(stack, first.id());

      assertEquals(0, model.requests(), model.asked().toString());
      assertEquals(first.value(), third.value());
      assertTrue(commands.out().contains("echo last"), commands.out());
    }
  }

  private Commands commands(WholeStack stack) {
    return new Commands(new ScriptedInspection()).over(stack.runs());
  }

  @Test
  void anotherModelIsAskedWhatTheOldOneHadAnsweredAndTheReportSaysWhyD30D36() throws Exception {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = first(stack);
      var commands = commands(stack);

      var exit =
          commands.run(
              "runs", "resume", first.id().value(), "--continue", "--set", "model=echo/large");

      assertEquals(ExitCode.OK, exit, commands.err());
      assertEquals(5, model.requests());
      assertEquals(Set.of("large"), model.models());
      var report = report(stack, first.id());
      assertEquals("continued as generation 1: 0 of 10 steps reused, 10 ran", report.getFirst());
      assertEquals(
          5, report.stream().filter(line -> line.endsWith("model-changed")).count(), report + "");
      assertTrue(commands.err().contains("model-changed"), commands.err());
    }
  }

  @Test
  void aForkHasAnotherModelFromItsFirstOwnStepOnD38() throws Exception {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = first(stack);
      var commands = commands(stack);

      var exit =
          commands.run(
              "runs", "fork", first.id().value(), "--at", "6", "--set", "model=echo/large");

      assertEquals(ExitCode.OK, exit, commands.err());
      assertEquals(Map.of("two", 1, "dig", 1, "last", 1), model.asked());
      assertEquals(Set.of("large"), model.models());
      assertTrue(commands.err().contains("model-changed"), commands.err());
    }
  }
}
