package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.ReuseView;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.engine.reuse.RunDiff;
import mimo.engine.reuse.RunDiff.Standing;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real scripts, run, edited and continued, with the real store, worker and agents (D19, D29 to
/// D37).
final class ContinuedRunTest {

  private static final System.Logger LOG = System.getLogger(ContinuedRunTest.class.getName());
  private static final Audience NOBODY = Audience.of(List.of());
  private static final Resumption CONTINUE = new Resumption(Mode.CONTINUE, Changes.NONE);
  private static final int AGENTS = 500;

  private @TempDir Path home;

  /// Item 4 asks with so short a limit that its agent is lost.
  private static String fanOut(String fourth, String seventh) {
    return """
    export const meta = { name: 'fan', description: 'asks about each of many files' };
    const files = Array.from({ length: %d }, (_, i) => i + 1);
    const answers = await parallel(files.map((n) => () => {
      if (n === 4) return agent('review file 4', %s);
      if (n === 7) return agent('review file 7%s', { label: 'file 7' });
      return agent(`review file ${n}`, { label: `file ${n}` });
    }));
    return answers.filter((each) => each !== null).length;
    """
        .formatted(AGENTS, fourth, seventh);
  }

  private RunResult run(WholeStack stack, String text) throws InterruptedException {
    try (var running = stack.runs().start(stack.launch("fan.js", text, null), NOBODY)) {
      return running.await();
    }
  }

  private RunResult goOn(WholeStack stack, RunId id, Resumption how) throws InterruptedException {
    try (var running = stack.runs().resume(id, how, NOBODY)) {
      return running.await();
    }
  }

  @Test
  void asksOf500OnlyWhatFailedAndWhatWasEditedDP8() throws InterruptedException {
    var model = new EchoModel(5);
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = run(stack, fanOut("{ label: 'file 4', timeoutMs: 1 }", ""));
      assertEquals(
          1, assertInstanceOf(RunResult.Completed.class, first).losses().size(), "4 was lost");
      model.forget();
      stack.launch("fan.js", fanOut("{ label: 'file 4' }", " and report only bugs"), null);
      var plan = stack.runs().plan(first.id(), CONTINUE).plan();
      assertEquals(0, model.requests(), "a plan asks nobody");

      var second = goOn(stack, first.id(), CONTINUE);

      assertEquals(
          Map.of("review file 4", 1, "review file 7 and report only bugs", 1), model.asked());
      var done = assertInstanceOf(RunResult.Completed.class, second);
      assertEquals(
          List.of(Integer.toString(AGENTS), List.of()), List.of(done.value(), done.losses()));
      var report = stack.runs().reuse(first.id()).orElseThrow();
      var lines = ReuseView.lines(report);
      assertEquals(
          List.of(
              "continued as generation 1: 498 of 500 steps reused, 2 ran",
              "  reused    same: #1–3, 5–6, 8–500",
              "  ran       #4 file 4  failed-before",
              "  ran       #7 file 7  prompt-changed",
              "              prompt was \"review file 7\"; now \"review file 7 and report only"
                  + " bugs\""),
          lines);
      assertEquals(report.lines(), plan.lines(), "the plan came true");
      LOG.log(Level.INFO, String.join("\n", lines));
    }
  }

  @Test
  void refusesToResumeWhatMustBeContinuedD19() throws InterruptedException {
    try (var stack = new WholeStack(home, new EchoModel(0), SandboxLimits.defaults())) {
      var ended = run(stack, script("'one'"));

      var refused =
          assertThrows(CommandException.class, () -> goOn(stack, ended.id(), Resumption.EXACT));
      var model = new Changes(null, null, null, "other");
      var changed =
          assertThrows(
              CommandException.class,
              () -> goOn(stack, ended.id(), new Resumption(Mode.EXACT, model)));

      assertEquals("run_ended", refused.failure().code());
      assertEquals("options_changed", changed.failure().code());
      assertTrue(
          changed.failure().message().endsWith("--continue --set model=other"),
          changed.failure().message());
    }
  }

  @Test
  void namesTheRunWhoseScriptIsGone() throws Exception {
    try (var stack = new WholeStack(home, new EchoModel(0), SandboxLimits.defaults())) {
      var id = run(stack, script("'one'")).id();
      var file = stack.folder().resolve("fan.js");
      Files.delete(file);

      var refused = assertThrows(CommandException.class, () -> goOn(stack, id, CONTINUE));

      assertEquals("run_script_missing", refused.failure().code());
      assertEquals(
          "the script of run " + id + " is gone: there is no file " + file,
          refused.failure().message());
      assertEquals(id.value(), refused.failure().run());
    }
  }

  private static String script(String prompt) {
    return """
    export const meta = { name: 'fan', description: 'asks once' };
    return await agent(%s);
    """
        .formatted(prompt);
  }

  @Test
  void goesOnWithAConversationOfAnEarlierGenerationL82() throws InterruptedException {
    var model = new EchoModel(0);
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = run(stack, conversation("", "'three'"));
      model.forget();
      // One more step in front: the turns that are reused have other numbers now.
      stack.launch("fan.js", conversation("await agent('zero');", "'four'"), null);

      goOn(stack, first.id(), CONTINUE);

      assertEquals(Map.of("zero", 1, "four", 1), model.asked());
      assertTrue(
          model.conversations().contains("one > echo one > two > echo two > four"),
          model.conversations().toString());
    }
  }

  private static String conversation(String before, String third) {
    return """
    export const meta = { name: 'fan', description: 'talks' };
    %s
    const said = await agent('one', { keep: true });
    const more = await said.continue('two');
    const last = await more.continue(%s);
    return last.text;
    """
        .formatted(before, third);
  }

  @Test
  void writesFilesAndAgainWhenContinuedL56() throws Exception {
    try (var stack = new WholeStack(home, new EchoModel(0), SandboxLimits.defaults())) {
      var file = stack.folder().resolve("out/a.txt");
      var first =
          run(
              stack,
              """
              export const meta = { name: 'fan', description: 'writes' };
              await writeFile('out/a.txt', 'one');
              return await readFile('out/a.txt');
              """);
      assertEquals("\"one\"", assertInstanceOf(RunResult.Completed.class, first).value());
      Files.delete(file);

      goOn(stack, first.id(), CONTINUE);

      assertEquals("one", Files.readString(file));
    }
  }

  @Test
  void readsFilesAsTheyAreNowAndReusesWhatTheyDoNotChangeD33() throws Exception {
    var model = new EchoModel(0);
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var files = stack.folder();
      Files.writeString(files.resolve("a.txt"), "alpha");
      Files.writeString(files.resolve("b.txt"), "beta");
      var text =
          """
          export const meta = { name: 'fan', description: 'reads' };
          const day = new Date().toISOString();
          return await parallel(['a.txt', 'b.txt'].map((name) => async () => {
            const text = await readFile(name);
            return await agent(`what is ${text}, today, ${day}, and at ${Date.now()}?`);
          }));
          """;
      var first = run(stack, text);
      model.forget();
      Files.writeString(files.resolve("b.txt"), "gamma");

      goOn(stack, first.id(), CONTINUE);

      assertEquals(1, model.requests(), model.asked().toString());
      assertTrue(model.asked().keySet().iterator().next().contains("gamma"));
    }
  }

  @Test
  void forksARunWhereOneAgentIsAskedSomethingElseD38() throws InterruptedException {
    var model = new EchoModel(0);
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var source = run(stack, conversation("", "'three'"));
      model.forget();
      var order = new ForkOrder(2, Changes.NONE, "better", ForkOrder.Later.REUSED);

      RunResult forked;
      try (var running = stack.runs().fork(source.id(), order, NOBODY)) {
        forked = running.await();
      }

      assertEquals(Map.of("better", 1, "three", 1), model.asked());
      assertTrue(
          model.conversations().contains("one > echo one > better > echo better > three"),
          model.conversations().toString());
      assertInstanceOf(RunResult.Completed.class, forked);
      var diff = stack.runs().diff(source.id(), forked.id());
      assertEquals(
          List.of(Standing.SAME, Standing.CHANGED, Standing.CHANGED),
          diff.rows().stream().map(RunDiff.Row::standing).toList());
    }
  }

  @Test
  void asksNobodyWhereNothingHasChanged() throws InterruptedException {
    var model = new EchoModel(0);
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var first = run(stack, script("'one'"));
      model.forget();

      goOn(stack, first.id(), CONTINUE);

      assertEquals(0, model.requests(), "nothing has changed");
    }
  }
}
