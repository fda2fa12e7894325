package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptShelf;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.Loss;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import org.junit.jupiter.api.Test;

/// What a script that another one runs shares with its run: losses, limits, budgets (L96, L99,
/// L107).
final class NestedSharingTest {

  private final ScriptShelf shelf = ScriptShelf.echoing();
  private final ScriptedRun run = new ScriptedRun(Order.OLDEST_FIRST, shelf);

  @Test
  void lossesCountForTheRun() throws InterruptedException { // L107
    var lossy =
        new ScriptedRun(
            Order.OLDEST_FIRST,
            new ScriptShelf(request ->
                request.label().equals("x")
                    ? new StepOutcome.Failed("timeout", "late")
                    : new StepOutcome.Completed("1"))
                .with(
                    "child",
                    "phase('P'); await agent('p', {label: 'ok'}); return await agent('p', {label:"
                        + " 'x'});"));

    var result =
        run(
            "const r = await parallel({a: () => workflow('child')}); return [r.a, r.losses];",
            lossy);

    assertEquals(
        "[null,[{\"index\":0,\"label\":\"x\",\"reason\":\"timeout\",\"key\":\"a\"}]]",
        value(result));
    assertEquals(List.of(new Loss(3, "x", "child › P", "timeout")), result.losses());
  }

  @Test
  void oneCauseIsCountedOnce() throws InterruptedException { // L107
    for (var dialect : Dialect.values()) {
      var lossy =
          new ScriptedRun(
              Order.OLDEST_FIRST,
              new ScriptShelf(request ->
                  request.label().equals("x")
                      ? new StepOutcome.Failed("timeout", "late")
                      : new StepOutcome.Completed("1"))
                  .with("child", "return (await agent('p', {label: 'x'})).length;"));

      var result =
          run(
              "await agent('p', {label: 'ok'});"
                  + "return await pipeline([1], () => workflow('child'));",
              lossy,
              dialect);

      assertEquals("[null]", value(result));
      assertEquals(List.of(new Loss(3, "x", "", "timeout")), result.losses(), dialect.word());
    }
  }

  @Test
  void whatALaterAttemptMadeGoodIsNoLoss() throws InterruptedException { // L107
    var answers = new ArrayList<StepOutcome>(List.of(new StepOutcome.Failed("timeout", "late")));
    var shelf =
        new ScriptShelf(request ->
            answers.isEmpty() ? new StepOutcome.Completed("1") : answers.removeFirst())
            .with("outer", "return await workflow('inner');")
            .with("inner", "return await agent('p', {label: 'x'});");

    var result =
        run(
            "return await retry(() => workflow('outer'));",
            new ScriptedRun(Order.OLDEST_FIRST, shelf));

    assertEquals("1", value(result));
    assertEquals(List.of(), result.losses());
  }

  @Test
  void agentsCountForTheRun() throws InterruptedException { // L99, C37
    shelf.with(
        "child", "return await parallel([1, 2].map((i) => () => agent('p', {label: 'c' + i})));");
    var options =
        new ComposeOptions(Arguments.NONE, "/w", Optional.empty(), 3, 100, Dialect.CLAUDE);

    var result = run("return [await workflow('child'), await workflow('child')];", run, options);

    assertEquals("[[\"c1\",\"c2\"],[\"c1\",null]]", value(result));
    assertEquals(List.of(new Loss(0, "parallel[1]", "", "agent_cap")), result.losses());
  }

  @Test
  void noMoreAgentsAreAskedAtOnceThanAScriptMay() throws InterruptedException { // L44, C37
    shelf
        .with("few", "await parallel([1,2,3,4,5,6].map((i) => () => workflow('one', i)));")
        .with(
            "one",
            "return await parallel([1,2].map((j) => () => agent('p', {label: args + '.' + j})));");

    run("await workflow('few', 0, {maxConcurrentAgents: 3});", run);

    assertEquals(3, run.mostAgents());
    assertEquals(12 + 7, run.requests().size());
  }

  @Test
  void whatAScriptDidNotAwaitIsGivenUpWithIt() throws InterruptedException { // L110
    shelf
        .with(
            "hasty",
            "agent('p', {label: 'late'}); workflow('slow'); return await agent('p', {label: 'x'});")
        .with("slow", "await agent('p', {label: 's'}); await agent('p', {label: 'never'});");
    var newest = new ScriptedRun(Order.OLDEST_FIRST, shelf);

    var result = run("return [await workflow('hasty'), await agent('p', {label: 'y'})];", newest);

    assertEquals("[\"x\",\"y\"]", value(result));
    assertEquals(
        List.of("abandoned: the script ended without awaiting 1 calls: workflow(slow)"),
        newest.said());
    assertFalse(newest.places().toString().contains("never"));
  }

  @Test
  void manyAtOnceWaitForEachOther() throws InterruptedException { // L44
    shelf
        .with("a", "return (await parallel([1,2,3].map(() => () => workflow('b', args)))).length;")
        .with("b", "return await agent('p', {label: 'x' + args});");

    var result =
        run(
            "return (await parallel(Array.from({length: 40}, (_, i) => () => workflow('a', i))));",
            run);

    assertEquals(
        IntStream.range(0, 40).mapToObj(i -> "3").collect(Collectors.joining(",", "[", "]")),
        value(result));
  }

  @Test
  void agentsNobodyAwaitsAnyMoreAreStopped() throws InterruptedException { // L110
    shelf.with("hasty", "agent('p', {label: 'late'}); return await agent('p', {label: 'x'});");
    var newest = new ScriptedRun(Order.NEWEST_FIRST, shelf);

    var result = run("return await workflow('hasty');", newest);

    assertEquals("\"x\"", value(result));
    assertEquals(
        List.of("abandoned: the script ended without awaiting 1 calls: late", "abandon: late"),
        newest.said());
  }

  @Test
  void aScriptHasTheBudgetItIsGivenAndTheOneItGivesItself() throws InterruptedException { // L96
    shelf.whole(
        "thrifty",
        """
        export const meta = {name: 'thrifty', description: 'd', budget: '1k'};
        await agent('p', {label: 'in'});
        phase('P', {budget: 50});
        await agent('p', {label: 'deep'});
        """);

    run(
        """
        phase('Q', {budget: 5000});
        await workflow('thrifty', 0, {budget: 200});
        await agent('p', {label: 'out'});
        """,
        run);

    assertEquals(
        List.of(
            "budget: 0 > 1 phase \"Q\" (t.js:2) = 5000 output_tokens",
            "budget: 1 > 2 workflow 'thrifty' = 200 output_tokens",
            "budget: 2 > 3 workflow 'thrifty' = 1000 output_tokens",
            "budget: 3 > 4 phase \"P\" (thrifty.js:3) = 50 output_tokens"),
        run.said().stream().filter(line -> line.startsWith("budget: ")).toList());
    assertEquals(
        List.of("in 3", "deep 4", "out 1"),
        run.requests().stream()
            .filter(request -> request.kind() == StepKind.AGENT)
            .map(request -> request.label() + " " + request.budget())
            .toList());
  }

  @Test
  void aConversationIsKeptByTheScriptThatHasIt() throws InterruptedException { // L82
    shelf.with(
        "talk",
        "const a = await agent('p', {label: 'a', keep: true});\n"
            + "return (await a.continue('q', {label: 'b'})).text;");

    var result = run("return [await workflow('talk'), await workflow('talk', 1)];", run);

    assertEquals("[\"b\",\"b\"]", value(result));
    assertTrue(run.requests().getLast().input().contains("\"after\":5"), run.places()::toString);
  }
}
