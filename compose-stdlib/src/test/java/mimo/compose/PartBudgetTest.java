package mimo.compose;

import static mimo.compose.testing.Scripts.options;
import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Budgets that a script gives to its parts (L96).
final class PartBudgetTest {

  private static List<String> budgets(ScriptedRun run) {
    return run.said().stream().filter(line -> line.startsWith("budget:")).toList();
  }

  /// `label > budget` of every agent, in the order of asking.
  private static List<String> counted(ScriptedRun run) {
    return run.requests().stream().map(each -> each.label() + " > " + each.budget()).toList();
  }

  @Test
  void aPhasesBudgetHoldsUntilTheNextPhaseOfItsSlotL96() throws InterruptedException {
    var run = ScriptedRun.answering();

    value(
        run(
            """
            await agent('x', { label: 'before' });
            phase('Review', { budget: 500 });
            await agent('x', { label: 'in' });
            await readFile('a.md');
            phase('Write');
            await agent('x', { label: 'after' });
            phase('More', { budget: '2k' });
            await agent('x', { label: 'more' });
            """,
            run));

    assertEquals(
        List.of(
            "budget: 0 > 1 phase \"Review\" (t.js:3) = 500 output_tokens",
            "budget: 0 > 2 phase \"More\" (t.js:8) = 2000 output_tokens"),
        budgets(run));
    assertEquals(
        List.of("before > 0", "in > 1", "readFile a.md > 1", "after > 0", "more > 2"),
        counted(run));
  }

  @Test
  void partsStandInsideEachOtherAndBelongToTheirSlotsL125() throws InterruptedException {
    var run = ScriptedRun.answering();

    value(
        run(
            """
            phase('All', { budget: 1000 });
            await parallel([
              async () => {
                await agent('x', { label: 'a1' });
                phase('Deep', { budget: 100 });
                await agent('x', { label: 'a2' });
                phase('Shallow');
                await agent('x', { label: 'a3' });
              },
              async () => {
                await agent('x', { label: 'b1' });
                await agent('x', { label: 'b2' });
              },
            ], { budget: 600 });
            await agent('x', { label: 'c' });
            """,
            run));

    assertEquals(
        List.of(
            "budget: 0 > 1 phase \"All\" (t.js:2) = 1000 output_tokens",
            "budget: 1 > 2 parallel (t.js:3) = 600 output_tokens",
            "budget: 2 > 3 phase \"Deep\" (t.js:6) = 100 output_tokens"),
        budgets(run));
    assertEquals(List.of("a1 > 2", "b1 > 2", "a2 > 3", "b2 > 2", "a3 > 2", "c > 1"), counted(run));
  }

  @Test
  void aNumberIsInTheUnitOfTheRunL93() throws InterruptedException {
    var run = ScriptedRun.answering();
    var usual = options(Arguments.NONE);
    var dollars =
        new ComposeOptions(
            usual.arguments(),
            usual.workspace(),
            Optional.of(SpendingLimit.parse("3usd")),
            usual.maxAgents(),
            usual.maxItems(),
            usual.dialect());

    var result =
        run(
            """
            phase('A', { budget: 0.25 });
            phase('B', { budget: '5k' });
            phase('C', { budget: '1.5 usd' });
            return [budget.total, budget.remaining()];
            """,
            run,
            dollars);

    assertEquals("[3,3]", value(result));
    assertEquals(
        List.of(
            "budget: 0 > 1 phase \"A\" (t.js:2) = 250000 cost_micro_usd",
            "budget: 0 > 2 phase \"B\" (t.js:3) = 5000 output_tokens",
            "budget: 0 > 3 phase \"C\" (t.js:4) = 1500000 cost_micro_usd"),
        budgets(run));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          phase('p', { budget: 0 })                        | phase
          phase('p', { budget: -1 })                       | phase
          phase('p', { budget: 0.4 })                      | phase
          phase('p', { budget: NaN })                      | phase
          phase('p', { budget: Infinity })                 | phase
          phase('p', { budget: 'much' })                   | phase
          phase('p', { budget: '5 euro' })                 | phase
          phase('p', { budget: { total: 5 } })             | phase
          await parallel([() => agent('x')], { budget: 0 })| parallel
          """)
  void aBudgetOfAnotherFormIsRefusedBeforeAnythingStartsL118(String call, String where)
      throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        value(run("try { " + call + "; } catch (e) { return e.code + ' ' + e.message; }", run));

    assertEquals(
        "\"bad_argument "
            + where
            + ": budget must be a number of tokens above 0, or a text such as \\\"200k\\\" or"
            + " \\\"1.5usd\\\"\"",
        result);
    assertEquals(List.of(), run.requests());
    assertEquals(List.of(), budgets(run));
  }

  @Test
  void anEmptyOrFaultyParallelOpensNoBudget() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        value(
            run(
                """
                const faulty = parallel([1], { budget: 5 }).catch((e) => e.code);
                return [await faulty, await parallel([() => 1], 'a label')];
                """,
                run));

    assertEquals("[\"bad_argument\",[1]]", result);
    assertEquals(List.of(), budgets(run));
  }

  @Test
  void aScriptOpensNoMoreBudgetsThanItMay() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        value(
            run(
                """
                for (let i = 0; i < 10000; i++) phase('p', { budget: 5 });
                try { phase('p', { budget: 5 }); } catch (e) { return e.code + ' ' + e.message; }
                """,
                run));

    assertEquals("\"list_cap budget: a script opens at most 10000 budgets\"", result);
    assertEquals(ComposeLimits.SUB_BUDGETS, budgets(run).size());
  }
}
