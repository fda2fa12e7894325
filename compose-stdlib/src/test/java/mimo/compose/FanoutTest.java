package mimo.compose;

import static mimo.compose.testing.Scripts.options;
import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.ActivityRequest;
import mimo.engine.Loss;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `parallel` and `pipeline` (L41, L42, L100, L107).
final class FanoutTest {

  private static ScriptedRun echo(Order order) {
    return new ScriptedRun(
        order, request -> new StepOutcome.Completed("\"" + request.label() + "\""));
  }

  @ParameterizedTest
  @EnumSource
  void keepsInputOrderWhateverSettlesFirst(Order order) throws InterruptedException {
    var result =
        run(
            "return await parallel(['a','b','c'].map((l) => () => agent('x', {label: l})));",
            echo(order));

    assertEquals("[\"a\",\"b\",\"c\"]", value(result));
  }

  @Test
  void anObjectOfFunctionsGivesAnObjectWithTheSameKeys() throws InterruptedException {
    var result =
        run(
            "return await parallel({ x: () => agent('p', {label: 'a'}), ['__proto__']: () => 2 });",
            echo(Order.NEWEST_FIRST));

    assertEquals("{\"x\":\"a\",\"__proto__\":2}", value(result));
  }

  @Test
  void aKeyOfMegabytesLosesNoMoreThanItsOwnSlot() throws InterruptedException { // S6, L42
    var result =
        run(
            """
            const key = "k".repeat(6e6);
            const all = await parallel({
              [key]: () => { throw new Error("no"); },
              [key + "2"]: () => agent("p", {label: "a"}),
              small: () => agent("p", {label: "b"}),
            });
            return Object.values(all);
            """,
            echo(Order.OLDEST_FIRST));

    assertEquals("[null,\"a\",\"b\"]", value(result));
  }

  @Test
  void nothingGivesNothing() throws InterruptedException {
    var result =
        run(
            "return [await parallel([]), await parallel({}), await pipeline([], (x) => x)];",
            echo(Order.OLDEST_FIRST));

    assertEquals("[[],{},[]]", value(result));
  }

  @Test
  void aPromiseInsteadOfAFunctionIsRefusedBeforeAnyStart() throws InterruptedException {
    var run = echo(Order.OLDEST_FIRST);

    var result =
        run(
            "let ran = 0; const e = await parallel([() => { ran++; }, Promise.resolve(1)])"
                + ".catch((e) => e); return [ran, e.code, e.message];",
            run);

    assertEquals(
        "[0,\"bad_argument\",\"parallel: member 1 is no function; write () => agent(...), not"
            + " agent(...)\"]",
        value(result));
  }

  @Test
  void aStrandThatThrowsLosesItsSlotLoudly() throws InterruptedException {
    var run = echo(Order.OLDEST_FIRST);

    var result =
        run(
            "phase('P'); return await parallel([() => 1, () => { throw new Error('no'); },"
                + " async () => { throw 'odd'; }]);",
            run);

    assertEquals(
        new WorkflowResult.Finished(
            "[1,null,null]",
            List.of(
                new Loss(0, "parallel[1]", "P", "thrown"),
                new Loss(0, "parallel[2]", "P", "thrown"))),
        result);
    assertEquals(List.of("phase: P", "lost parallel[1]: no", "lost parallel[2]: odd"), run.said());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ get code() { throw 1; } }",
        "{ code: 'x'.repeat(5_000_000) }",
        "{ get message() { throw 1; } }",
        "{ message: 'x'.repeat(5_000_000) }",
        "{ code: 'c', message: { toString() { throw 1; } } }",
        "Object.create(null)",
        "Symbol('s')",
        "new Proxy({}, { get() { throw 1; } })"
      })
  void whateverIsThrownOneSlotIsLostAndTheOthersGoOnL22(String thrown) throws InterruptedException {
    var run = echo(Order.OLDEST_FIRST);

    var result = run("return await parallel([() => { throw (" + thrown + "); }, () => 2]);", run);

    assertEquals("[null,2]", value(result));
    assertEquals(1, result.losses().size());
  }

  @Test
  void aFailedHostCallThatIsNotCaughtCountsOnce() throws InterruptedException {
    var run =
        new ScriptedRun(
            Order.OLDEST_FIRST, _ -> new StepOutcome.Failed("schema_exhausted", "five tries"));

    var result = run("return await parallel([() => agent('x')]);", run);

    assertEquals(
        new WorkflowResult.Finished(
            "[null]", List.of(new Loss(0, "parallel[0]", "", "schema_exhausted"))),
        result);
  }

  @Test
  void itemsDoNotWaitForEachOther() throws InterruptedException {
    var run = echo(Order.NEWEST_FIRST);

    run(
        """
        return await pipeline(['slow', 'fast'],
          (item) => agent('1', { label: item + '1' }),
          (text, item) => agent('2', { label: item + '2' }),
          (text, item, index) => agent('3', { label: item + index }));
        """,
        run);

    assertEquals(
        List.of("slow1", "fast1", "fast2", "fast1", "slow2", "slow0"),
        run.requests().stream().map(ActivityRequest::label).toList());
  }

  @Test
  void aThrowEndsOneItemAndANullPassesOn() throws InterruptedException {
    var result =
        run(
            """
            return await pipeline([1, 2, 3],
              (n) => { if (n === 2) throw new Error('two'); return n === 3 ? null : n; },
              (previous, n) => [previous, n]);
            """,
            echo(Order.OLDEST_FIRST));

    assertEquals(
        new WorkflowResult.Finished(
            "[[1,1],null,[null,3]]", List.of(new Loss(0, "pipeline[1]", "", "thrown"))),
        result);
  }

  @ParameterizedTest
  @EnumSource
  void agentsCarryTheirPlaceAndPhaseAcrossAwaits(Order order) throws InterruptedException {
    var run = echo(order);

    run(
        """
        await parallel(['a', 'b'].map((name) => async () => {
          phase(name);
          await agent('1', { label: name + '1' });
          await pipeline([0], async () => {
            await agent('2', { label: name + '2' });
            await agent('3', { label: name + '3' });
          });
          await agent('4', { label: name + '4' });
        }));
        """,
        run);

    var places =
        run.requests().stream()
            .map(request -> request.label() + " " + request.path() + " " + request.phase())
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "a1 p0 a",
            "a2 p0/l0.0 a",
            "a3 p0/l0.0 a",
            "a4 p0 a",
            "b1 p1 b",
            "b2 p1/l0.0 b",
            "b3 p1/l0.0 b",
            "b4 p1 b"),
        places);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parallel(1)            | parallel: expected an array of functions, or an object of them
          pipeline('abc')        | pipeline: items must be an array
          pipeline([1], 'stage') | pipeline: stage 1 is no function
          """)
  void rejectsABadParameter(String call, String message) throws InterruptedException {
    var result =
        run(
            "return await " + call + ".catch((e) => e.code + ': ' + e.message)",
            echo(Order.OLDEST_FIRST));

    assertEquals("\"bad_argument: " + message + "\"", value(result));
  }

  @Test
  void aListBeyondTheLimitStartsNothing() throws InterruptedException {
    var run = echo(Order.OLDEST_FIRST);
    var few = new ComposeOptions(Arguments.NONE, "/w", Optional.empty(), 10, 2, Dialect.CLAUDE);

    var result = run("return await parallel([1, 2, 3].map(() => () => agent('x')));", run, few);

    var failed = assertInstanceOf(WorkflowResult.Failed.class, result);
    assertEquals("list_cap", failed.code());
    assertEquals(List.of(), run.requests());
    assertEquals(4096, options(Arguments.NONE).maxItems());
  }
}
