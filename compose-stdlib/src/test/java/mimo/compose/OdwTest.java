package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.StepOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// What only the dialect `odw` has (L29, L30, L67, L68; C22).
final class OdwTest {

  private static String odw(String body, ScriptedRun run) throws InterruptedException {
    return value(run(body, run, Dialect.ODW));
  }

  @Test
  void loopAndContextAreThereInOdwAloneL30() throws InterruptedException {
    var types = "return [typeof loop, typeof context];";

    assertEquals("[\"function\",\"object\"]", odw(types, ScriptedRun.answering()));
    assertEquals("[\"undefined\",\"undefined\"]", value(run(types, ScriptedRun.answering())));
  }

  @Test
  void stagesAreObjectsWithAContextL29() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        odw(
            """
            return await pipeline(['x', 'y'], [
              { name: 'one',
                run: (item, ctx) => ctx.agent({ prompt: item, label: ctx.agentId() }) },
              { name: 'two', run: (one, ctx) => [one.text, ctx.itemIndex, ctx.stageName] },
            ]);
            """,
            run);

    assertEquals("[[\"item0-one-1\",0,\"two\"],[\"item1-one-1\",1,\"two\"]]", result);
    assertEquals(List.of("item0-one-1 @ l0.0", "item1-one-1 @ l1.0"), run.places());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                           | a1 b1 c1 a2 b2 c2
          {strategy: 'stage-barrier'}                  | a1 b1 c1 a2 b2 c2
          {concurrency: 1}                             | a1 a2 b1 b2 c1 c2
          {concurrency: 2}                             | a1 b1 a2 b2 c1 c2
          {concurrency: 1, strategy: 'stage-barrier'}  | a1 b1 c1 a2 b2 c2
          """)
  void strategyAndConcurrencyOrderTheWorkL29(String options, String labels)
      throws InterruptedException {
    var run =
        new ScriptedRun(
            Order.OLDEST_FIRST,
            request -> new StepOutcome.Completed("\"" + request.label() + "\""));

    odw(
        """
        const ask = (label) => agent({ prompt: 'x', label });
        const stages = ['1', '2'].map((name) => ({
          name,
          run: async (value, ctx) => {
            const item = 'abc'[ctx.itemIndex];
            await ask(item + name);
            return value;
          },
        }));
        return await pipeline(['a', 'b', 'c'], stages, OPTIONS);
        """
            .replace("OPTIONS", options),
        run);

    var asked = run.requests().stream().map(request -> request.label()).toList();
    assertEquals(labels, String.join(" ", asked));
  }

  @Test
  void aStageRunsNoMoreAtOnceThanItMayL29() throws InterruptedException {
    var result =
        odw(
            """
            let now = 0, most = 0;
            const run = async (value) => {
              most = Math.max(most, ++now);
              await agent({ prompt: 'x' });
              now--;
              return value * 2;
            };
            const out = await pipeline([1, 2, 3, 4, 5], [{ name: 's', run, concurrency: 2 }]);
            return [out, most];
            """,
            ScriptedRun.answering());

    assertEquals("[[2,4,6,8,10],2]", result);
  }

  @Test
  void afterAFailureWithFailFastNothingMoreIsStartedL29() throws InterruptedException {
    var result =
        odw(
            """
            const run = (n) => { if (n === 2) throw new Error('two'); return n; };
            const plan = (failFast) =>
              pipeline([1, 2, 3], [{ name: 's', run }], { concurrency: 1, failFast });
            const [fast, slow] = [await plan(true), await plan(false)];
            return [fast, fast.losses.map((l) => l.reason), slow, slow.losses.map((l) => l.reason)];
            """,
            ScriptedRun.answering());

    assertEquals("[[1,null,null],[\"thrown\",\"fail_fast\"],[1,null,3],[\"thrown\"]]", result);
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/badParametersAreNamed.txt")
  void badParametersAreNamed(String call, String message) throws InterruptedException {
    var result =
        odw(
            "try { await " + call + "; } catch (e) { return e.code + ' ' + e.message; }",
            ScriptedRun.answering());

    assertEquals("bad_argument " + message, result.replace("\\\"", "'").replace("\"", ""));
  }

  private static final String COUNT_TO =
      """
      const countTo = (last, options) => loop({
        label: 'count',
        initialState: { n: 0 },
        options,
        run: async (state, ctx) => {
          if (state.n === 9) throw Object.assign(new Error('nine'), { code: 'odd' });
          await ctx.agent({ prompt: 'x', label: ctx.agentId('step') });
          return { done: state.n + 1 >= last, nextState: { n: state.n + 1 } };
        },
      });
      """;

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/roundsGoOnUntilOneIsDone.txt")
  void roundsGoOnUntilOneIsDoneL67(String call, String result) throws InterruptedException {
    var run = ScriptedRun.answering();

    assertEquals(result, odw(COUNT_TO + "return await " + call + ";", run).replace("\\\"", "'"));
    assertEquals("count-round1-step @ o0", run.places().getFirst());
    assertEquals("count-round2-step @ o1", run.places().get(1));
  }

  @Test
  void contextKeepsCopiesL68() throws InterruptedException {
    var result =
        odw(
            """
            const value = { deep: [1] };
            context.set('a', value);
            value.deep.push(2);
            context.get('a').deep.push(3);
            await parallel([async () => { await agent('x'); context.append('list', 'b'); },
              () => context.append('list', { c: 1 })]);
            let refused;
            try { context.append('a', 1); } catch (e) { refused = e.code; }
            const all = context.snapshot();
            all.list.push('x');
            return [context.snapshot(), context.get('none') === undefined, refused];
            """,
            ScriptedRun.answering());

    assertEquals(
        "[{\"a\":{\"deep\":[1]},\"list\":[{\"c\":1},\"b\"]},true,\"bad_argument\"]", result);
  }
}
