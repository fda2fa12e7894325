package mimo.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.Resumption;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.engine.testing.Patience;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Options of agents in whole runs, with a store on disk and real workers.
@Timeout(120)
final class AgentRunsTest {

  private static final String META = "export const meta = { name: 't', description: 'a test' };\n";
  private static final Audience NOBODY = Audience.of(List.of());

  @TempDir Path home;

  private WholeStack stack(EchoModel model) {
    return new WholeStack(home, model, SandboxLimits.defaults());
  }

  @Test
  void anotherProcessGoesOnWithAConversationFromTheJournalC50() throws Exception {
    var script =
        META
            + """
            const first = await agent('one', { keep: true });
            const second = await first.continue('two');
            const third = await second.continue('three');
            return [first, second, third];
            """;
    var slow = new EchoModel(300);
    RunId id;
    try (var stack = stack(slow);
        var run = stack.runs().start(stack.launch("t.js", script, null), NOBODY)) {
      Patience.until(() -> slow.asked().containsKey("three"));
      run.pause();
      id = assertInstanceOf(RunResult.Paused.class, run.await()).id();
    }
    var model = new EchoModel(1);

    try (var stack = stack(model);
        var run = stack.runs().resume(id, Resumption.EXACT, NOBODY)) {
      var done = assertInstanceOf(RunResult.Completed.class, run.await());

      assertEquals(
          "[{\"text\":\"echo one\",\"value\":\"echo one\"},"
              + "{\"text\":\"echo two\",\"value\":\"echo two\"},"
              + "{\"text\":\"echo three\",\"value\":\"echo three\"}]",
          done.value());
    }
    assertEquals(List.of("one > echo one > two > echo two > three"), model.conversations());
  }

  @Test
  void aRunKeepsTheAgentsItWasStartedWithD4() throws Exception {
    var slow = new EchoModel(300);
    RunId id;
    var stopped = stack(slow);
    var file = stopped.folder().resolve(".mimocode/agents/critic.md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "---\ndescription: x\n---\nBe strict.");
    var script =
        META
            + """
            await agent('one', { agentType: 'critic' });
            return await agent('two', { agentType: 'critic' });
            """;
    try (stopped;
        var run = stopped.runs().start(stopped.launch("t.js", script, null), NOBODY)) {
      Patience.until(() -> slow.asked().containsKey("two"));
      run.pause();
      id = run.await().id();
    }
    Files.writeString(file, "---\ndescription: x\n---\nBe mild.");
    var model = new EchoModel(1);

    try (var stack = stack(model);
        var run = stack.runs().resume(id, Resumption.EXACT, NOBODY)) {
      assertEquals(
          "\"echo two\"", assertInstanceOf(RunResult.Completed.class, run.await()).value());
    }
    assertTrue(model.systems().getFirst().endsWith("Be strict.\n"), model.systems().toString());
  }

  @Test
  void aTimeoutCountsNoQueueAndAStallEndsAsNullC49() throws Exception {
    // Sixteen at once: the last of four waves begins long after its time would have been over.
    var script =
        META
            + """
            const ask = (i) => () => agent('a' + i, { timeoutMs: 1500 });
            const all = await parallel(Array.from({ length: 64 }, (_, i) => ask(i)));
            const silent = await agent('silent', { stallMs: 100 });
            return [all.filter((answer) => answer !== null).length, silent];
            """;

    try (var stack = stack(new EchoModel(500));
        var run = stack.runs().start(stack.launch("t.js", script, null), NOBODY)) {
      var done = assertInstanceOf(RunResult.Completed.class, run.await());

      assertEquals("[64,null]", done.value());
      assertEquals(List.of("stalled"), done.losses().stream().map(loss -> loss.reason()).toList());
    }
  }

  @Test
  void aPartOfARunStopsAtItsOwnBudgetAndNamesItC56() throws Exception {
    var model = new EchoModel(1);
    var script =
        META
            + """
            phase('Review', { budget: 25 });
            const seen = [];
            for (let i = 0; i < 4; i++) {
              seen.push(await agent('r' + i).catch((e) => e.code + ': ' + e.message));
            }
            phase('Write');
            seen.push(await agent('w'));
            return seen;
            """;

    try (var stack = stack(model);
        var run = stack.runs().start(stack.launch("t.js", script, "1000"), NOBODY)) {
      var done = assertInstanceOf(RunResult.Completed.class, run.await());

      assertEquals(
          "[\"echo r0\",\"echo r1\",\"echo r2\",\"budget_exhausted: The budget of phase"
              + " \\\"Review\\\" (t.js:2) is spent (30 of 25 output_tokens), so this step did not"
              + " start.\",\"echo w\"]",
          done.value());
    }
  }
}
