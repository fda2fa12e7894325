package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.ActivityRequest;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Agents that a script goes on with: `keep` and `continue` (L82; C50).
final class ConversationTest {

  private static List<String> asked(ScriptedRun run) {
    return run.requests().stream().map(ConversationTest::asked).toList();
  }

  private static String asked(ActivityRequest request) {
    return request.kind().word() + " " + request.input();
  }

  @Test
  void aHandleHasTheAnswerAndGoesOnL82() throws InterruptedException {
    var run = ScriptedRun.answering("plan: \"a plan\"", "more: \"more of it\"");

    var result =
        value(
            run(
                """
                const first = await agent('Make a plan.', { keep: true, label: 'plan' });
                const second = await first.continue('And then?', { label: 'more' });
                return [first.text, first.value, first, second, typeof second.continue,
                  Object.keys(first), Object.isFrozen(first)];
                """,
                run));

    assertEquals(
        "[\"a plan\",\"a plan\",{\"text\":\"a plan\",\"value\":\"a plan\"},"
            + "{\"text\":\"more of it\",\"value\":\"more of it\"},\"function\","
            + "[\"text\",\"value\"],true]",
        result);
    assertEquals(
        List.of(
            "agent {\"keep\":true,\"label\":\"plan\",\"prompt\":\"Make a plan.\"}",
            "continue {\"label\":\"more\",\"prompt\":\"And then?\",\"after\":1}"),
        asked(run));
  }

  @Test
  void eachTurnMayHaveItsOwnSchemaL82() throws InterruptedException {
    var run = ScriptedRun.answering("a: {\"n\":1}", "b: \"words\"", "c: {\"n\":2}");

    var result =
        value(
            run(
                """
                const schema = { type: 'object' };
                const a = await agent('x', { keep: true, schema, label: 'a' });
                const b = await a.continue('y', { label: 'b' });
                const c = await b.continue('z', { schema, label: 'c' });
                return [a, b, c];
                """,
                run));

    assertEquals(
        "[{\"text\":\"{\\\"n\\\":1}\",\"value\":{\"n\":1}},"
            + "{\"text\":\"words\",\"value\":\"words\"},"
            + "{\"text\":\"{\\\"n\\\":2}\",\"value\":{\"n\":2}}]",
        result);
  }

  @Test
  void callsOnOneConversationQueueInOrderWhoeverMakesThemL82() throws InterruptedException {
    var run =
        new ScriptedRun(
            Order.NEWEST_FIRST,
            request -> new StepOutcome.Completed("\"" + request.label() + "\""));

    var result =
        value(
            run(
                """
                const first = await agent('x', { keep: true, label: 'first' });
                const other = await agent('x', { keep: true, label: 'other' });
                phase('Later');
                const turns = ['a', 'b', 'c'].map((label) => first.continue(label, { label }));
                phase('Last');
                const aside = other.continue('o', { label: 'o' });
                return (await Promise.all([...turns, aside])).map((turn) => turn.text);
                """,
                run));

    assertEquals("[\"a\",\"b\",\"c\",\"o\"]", result);
    assertEquals(
        List.of(
            "continue {\"label\":\"a\",\"prompt\":\"a\",\"phase\":\"Later\",\"after\":1}",
            "continue {\"label\":\"o\",\"prompt\":\"o\",\"phase\":\"Last\",\"after\":2}",
            "continue {\"label\":\"b\",\"prompt\":\"b\",\"phase\":\"Later\",\"after\":3,"
                + "\"turns\":[1,3]}",
            "continue {\"label\":\"c\",\"prompt\":\"c\",\"phase\":\"Later\",\"after\":5,"
                + "\"turns\":[1,3,5]}"),
        asked(run).subList(2, 6));
  }

  @Test
  void whatIsLostLeavesTheConversationWhereItWasL85() throws InterruptedException {
    var run = ScriptedRun.answering("bad: !timeout", "good: \"fine\"");

    var finished =
        (WorkflowResult.Finished)
            run(
                """
                const first = await agent('x', { keep: true });
                return [await first.continue('y', { label: 'bad' }),
                  (await first.continue('z', { label: 'good' })).text];
                """,
                run);

    assertEquals("[null,\"fine\"]", finished.value());
    assertEquals(
        List.of("bad timeout"),
        finished.losses().stream().map(loss -> loss.label() + " " + loss.reason()).toList());
    assertEquals(
        "continue {\"label\":\"good\",\"prompt\":\"z\",\"after\":1}", asked(run).getLast());
  }

  @Test
  void anAgentThatIsLostGivesNoHandleL85() throws InterruptedException {
    var run = ScriptedRun.answering("a: !empty", "b: 1");

    var finished =
        (WorkflowResult.Finished)
            run("return [await agent('x', { keep: true, label: 'a' }), await agent('y')];", run);

    assertEquals("[null,\"y\"]", finished.value());
  }

  @Test
  void whatIsAskedForIncludesAllThatWasSaidBeforeD30() throws InterruptedException {
    var run = ScriptedRun.answering();

    run(
        """
        const one = await agent('one', { keep: true });
        const two = await agent('two', { keep: true });
        await one.continue('same');
        await two.continue('same');
        await one.continue('same');
        await agent('one');
        """,
        run);

    var keys = run.requests().stream().map(ActivityRequest::key).toList();
    assertEquals(keys.size(), keys.stream().distinct().count(), "each asks for something else");
    var again = ScriptedRun.answering();
    run("const one = await agent('one', { keep: true }); await one.continue('same');", again);
    assertEquals(keys.get(2), again.requests().get(1).key());
  }

  @Test
  void inOdwAHandleIsARecordL28() throws InterruptedException {
    var run = ScriptedRun.answering("b: !stalled");

    var result =
        value(
            run(
                """
                const first = await agent({ prompt: 'x', keep: true, label: 'a' });
                const second = await first.continue('y', { label: 'b' });
                return [first, second.ok, second.status, typeof second.continue];
                """,
                run,
                Dialect.ODW));

    assertEquals(
        "[{\"ok\":true,\"status\":\"succeeded\",\"text\":\"a\",\"json\":null},"
            + "false,\"timed_out\",\"undefined\"]",
        result);
  }

  @Test
  void aTurnCountsAsAnAgentL99() throws InterruptedException {
    var run = ScriptedRun.answering();
    var usual = mimo.compose.testing.Scripts.options(ComposeOptions.Arguments.NONE);
    var two =
        new ComposeOptions(
            usual.arguments(),
            usual.workspace(),
            usual.limit(),
            2,
            usual.maxItems(),
            usual.dialect());

    var result =
        value(
            run(
                """
                const first = await agent('x', { keep: true });
                await first.continue('y');
                try { await first.continue('z'); } catch (e) { return e.code; }
                """,
                run,
                two));

    assertEquals("\"agent_cap\"", result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          h.continue()                       | agent: the prompt must be a non-empty string
          h.continue('')                     | agent: the prompt must be a non-empty string
          h.continue('x', 'y')               | continue: options must be an object
          h.continue('x', { model: 'a/b' })  | KEEPS model
          h.continue('x', { agentType: 'x' })| KEEPS agentType
          h.continue('x', { cwd: 'src' })    | KEEPS cwd
          h.continue('x', { tools: [] })     | KEEPS tools
          h.continue('x', { mode: 'plan' })  | KEEPS mode
          h.continue('x', { isolation: 'worktree' }) | KEEPS isolation
          agent('x', { keep: true, isolation: 'worktree' }) | \
          agent: keep and isolation exclude each other: a worktree is for one turn
          h.continue('x', { schema: 1 })     | agent: schema must be a JSON Schema object
          agent('x', { keep: 'yes' })        | agent: keep must be true or false
          verify('x', { agent: { keep: true } }) | verify: agent: keep is for agent() alone
          """)
  void badArgumentsAreRefusedBeforeAnythingIsAskedL118(String call, String message)
      throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        value(
            run(
                """
                const h = await agent('first', { keep: true });
                return await CALL.then(() => 'asked', (e) => e.code + ' ' + e.message);
                """
                    .replace("CALL", call),
                run));

    var said =
        message.startsWith("KEEPS")
            ? message.replace("KEEPS", "continue: a conversation keeps the") + " it began with"
            : message;
    assertEquals("\"bad_argument " + said + "\"", result);
    assertEquals(1, run.requests().size());
  }

  @Test
  void aRefusedTurnNobodyLooksAtIsAWarningL110() throws InterruptedException {
    var run = ScriptedRun.answering("b: !budget_exhausted");

    run(
        """
        const h = await agent('x', { keep: true });
        h.continue('y', { label: 'b' });
        await agent('z');
        """,
        run);

    assertEquals(
        List.of("warning: unhandled rejection: WorkflowError: because"),
        run.said().stream().map(line -> line.replaceAll(" \\(.*", "")).toList());
  }

  @Test
  void keepFalseAsksForTheSameAsNothing() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result = value(run("return [await agent('x', { keep: false }), await agent('x')];", run));

    assertEquals("[\"x\",\"x\"]", result);
    assertEquals(run.requests().get(0).key(), run.requests().get(1).key());
    assertEquals(StepKind.AGENT, run.requests().getFirst().kind());
    assertNotEquals("", run.requests().getFirst().input());
  }
}
