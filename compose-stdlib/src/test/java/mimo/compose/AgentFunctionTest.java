package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.ActivityRequest;
import mimo.engine.Loss;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `agent()` as scripts see it (L40, L69–L71, L84–L86).
final class AgentFunctionTest {

  private static ScriptedRun answering(String json) {
    return new ScriptedRun(Order.OLDEST_FIRST, _ -> new StepOutcome.Completed(json));
  }

  private static ScriptedRun failing(String code) {
    return new ScriptedRun(Order.OLDEST_FIRST, _ -> new StepOutcome.Failed(code, "because"));
  }

  @Test
  void resolvesToTheTextOfTheAnswer() throws InterruptedException {
    var run = answering("\"done\"");

    var result = run("return await agent('do it');", run);

    assertEquals("\"done\"", value(result));
  }

  @Test
  void asksWithPromptOptionsPhaseAndPosition() throws InterruptedException {
    var run = answering("{\"a\":1}");

    run(
        """
        phase('Look');
        return await agent('do it',
          { label: 'L', schema: { type: 'object' }, model: 'm', timeoutMs: 5 });
        """,
        run);

    var request = run.requests().getFirst();
    assertEquals(
        "{\"label\":\"L\",\"schema\":{\"type\":\"object\"},\"model\":\"m\",\"timeoutMs\":5,"
            + "\"prompt\":\"do it\",\"phase\":\"Look\"}",
        request.input());
    assertEquals(
        List.of(StepKind.AGENT, "L", "Look", "", new SourcePosition("t.js", 3, 14)),
        List.of(
            request.kind(), request.label(), request.phase(), request.path(), request.position()));
  }

  @Test
  void acceptsOneObjectWithThePromptInIt() throws InterruptedException {
    var run = answering("\"ok\"");

    run("return await agent({ prompt: 'do it', label: 'L' });", run);

    assertEquals("{\"label\":\"L\",\"prompt\":\"do it\"}", run.requests().getFirst().input());
  }

  @Test
  void labelAndPhaseAndTimeoutAreNoPartOfTheIdentity() throws InterruptedException {
    var run = answering("null");

    run(
        """
        await agent('same', { label: 'one', phase: 'A', timeoutMs: 1 });
        await agent('same', { label: 'two', phase: 'B', timeoutMs: 2 });
        await agent('other');
        """,
        run);

    var keys = run.requests().stream().map(ActivityRequest::key).toList();
    assertEquals(keys.get(0), keys.get(1));
    assertNotEquals(keys.get(0), keys.get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout", "empty", "failed", "provider_unreachable"})
  void aLostAgentIsNullAndCounted(String reason) throws InterruptedException {
    var run =
        new ScriptedRun(
            Order.OLDEST_FIRST,
            request ->
                request.label().equals("b")
                    ? new StepOutcome.Failed(reason, "because")
                    : new StepOutcome.Completed("1"));

    var result = run("return [await agent('x', {label:'a'}), await agent('x', {label:'b'})];", run);

    assertEquals(
        new WorkflowResult.Finished("[1,null]", List.of(new Loss(2, "b", "", reason))), result);
  }

  @Test
  void aRunThatLostAllItsAgentsFails() throws InterruptedException {
    var result = run("return await agent('x', {label:'a'});", failing("timeout"));

    var failed = assertInstanceOf(WorkflowResult.Failed.class, result);
    assertEquals("all_agents_lost", failed.code());
    assertEquals("the only agent was lost: 'a' by timeout: because", failed.message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema_invalid", "schema_exhausted", "budget_exhausted"})
  void mistakesAndExhaustionCanBeCaught(String code) throws InterruptedException {
    var result =
        run(
            "try { await agent('x'); } catch (e) { return [e.name, e.code, e.message]; }",
            failing(code));

    assertEquals("[\"WorkflowError\",\"" + code + "\",\"because\"]", value(result));
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/rejectsABadParameterBeforeAnyStep.txt")
  void rejectsABadParameterBeforeAnyStep(String call, String message) throws InterruptedException {
    var run = answering("1");

    var result =
        run(
            "return await " + call + ".catch((e) => [e instanceof TypeError, e.code, e.message])",
            run);

    assertEquals("[true,\"bad_argument\",\"" + message + "\"]", value(result));
    assertEquals(List.of(), run.requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"effort", "thinking", "thinkingEffort"})
  void effortTravelsWithTheRequestAndIsNoPartOfItsIdentityL72(String name)
      throws InterruptedException {
    var run = answering("1");

    run(
        "for (const effort of ['low', 'max']) await agent('x', { "
            + name
            + ": effort, stallMs: 1, retries: 2, maxTurns: 3 });",
        run);

    assertEquals(
        "{\"effort\":\"low\",\"stallMs\":1,\"retries\":2,\"maxTurns\":3,\"prompt\":\"x\"}",
        run.requests().getFirst().input());
    assertEquals(run.requests().getFirst().key(), run.requests().getLast().key());
    assertEquals(List.of(), run.said());
  }

  @Test
  void warnsOnceInAThousandCallsL83() throws InterruptedException { // C46
    var run = answering("1");

    run(
        "await parallel(Array.from({length: 1000}, () => () => agent('x', {colour: 'red'})));",
        run);

    assertEquals(List.of("warning: agent option \"colour\" is unknown and ignored"), run.said());
  }

  @Test
  void aCheckKnowsTheOptionsThatACallKnowsL83() {
    var text =
        ComposeLibrary.prelude("", Dialect.ODW).stream()
            .filter(part -> part.name().equals("mimo:request.js"))
            .findFirst()
            .orElseThrow()
            .text();

    var known = new TreeSet<>(Set.of("prompt", "permissions"));
    known.addAll(found("\"(\\w+)\"", found("(?s)const OPTIONS = \\[(.*?)]", text).getFirst()));
    known.addAll(found("(\\w+): \"", found("(?s)const SYNONYMS = \\{(.*?)}", text).getFirst()));
    known.addAll(found("SYNONYMS\\.(\\w+) =", text));

    assertEquals(known, new TreeSet<>(ComposeLibrary.AGENT_OPTIONS));
  }

  private static List<String> found(String expression, String text) {
    return Pattern.compile(expression).matcher(text).results().map(it -> it.group(1)).toList();
  }

  @Test
  void readsEachOptionOnce() throws InterruptedException {
    var run = answering("1");

    var result =
        run(
            """
            let reads = 0;
            await agent('x', { get label() { reads++; return 'L' + reads; } });
            return reads;
            """,
            run);

    assertEquals("1", value(result));
    assertEquals("L1", run.requests().getFirst().label());
  }

  @Test
  void theCallAfterTheLastAllowedAgentIsRefused() throws InterruptedException {
    var options = new ComposeOptions(Arguments.NONE, "/w", Optional.empty(), 2, 10, Dialect.CLAUDE);

    var result =
        run(
            """
            const all = [];
            for (let i = 0; i < 3; i++) all.push(await agent('x').catch((e) => e.code));
            return all;
            """,
            answering("1"),
            options);

    assertEquals("[1,1,\"agent_cap\"]", value(result));
  }

  @Test
  void saysWhichAgentsAnErrorAbandonedL110() throws InterruptedException {
    var run = answering("1");

    run("agent('x', { label: 'a' }); agent('y', { label: 'b' }); throw new Error('no');", run);

    assertEquals(List.of("abandoned: the script ended without awaiting 2 calls: a, b"), run.said());
  }

  @Test
  void saysWhichAgentsWereAbandoned() throws InterruptedException {
    var run = answering("1");

    run("agent('x', { label: 'late' }); return 1;", run);

    assertEquals(List.of("abandoned: the script ended without awaiting 1 calls: late"), run.said());
  }
}
