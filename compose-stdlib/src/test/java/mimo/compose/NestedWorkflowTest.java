package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import mimo.compose.call.CallReader;
import mimo.compose.testing.ScriptShelf;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.Loss;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `workflow()`: which script it means, and what it gives (L44, L101, L125).
final class NestedWorkflowTest {

  private final ScriptShelf shelf = ScriptShelf.echoing();
  private final ScriptedRun run = new ScriptedRun(Order.OLDEST_FIRST, shelf);

  @Test
  void givesWhatTheOtherScriptReturns() throws InterruptedException { // L44
    shelf.with("child", "return [args.n + 1, await agent('p', {label: 'a'}), typeof parent];");

    var result = run("const parent = 1; return await workflow('child', {n: 1});", run);

    assertEquals("[2,\"a\",\"undefined\"]", value(result));
  }

  @Test
  void aPathSaysThroughWhichWorkflowsACallWasMade() throws InterruptedException { // L125
    shelf
        .with("a", "return await parallel([() => workflow('b/c'.slice(0, 1))]);")
        .with("b", "await 1; phase('P'); return await agent('p', {label: 'deep'});");

    run("await agent('p', {label: 'top'}); return await parallel([() => workflow('a')]);", run);

    assertEquals(
        List.of("top @ ", "a @ p0", "b @ p0/w:a/p0", "deep @ p0/w:a/p0/w:b"), run.places());
    assertEquals("a › b › P", run.requests().getLast().phase());
    assertEquals(List.of("phase: a › b › P"), run.said());
  }

  @Test
  void whatHasNoPhaseOfItsOwnIsShownInTheOneItWasCalledFrom() throws InterruptedException { // L45
    shelf.with("a", "return await agent('p', {label: 'x'});");

    run("phase('Review'); return await workflow('a');", run);

    assertEquals("Review", run.requests().getLast().phase());
  }

  @Test
  void whatItsNameHoldsIsNoPartOfAPath() throws InterruptedException { // L125
    shelf.whole(
        "odd",
        "export const meta = {name: 'a/b~c"
            + "x".repeat(300)
            + "', description: 'd'};\n"
            + "return await agent('p', {label: 'x'});");

    run("return await workflow('odd');", run);

    assertEquals("x @ w:a~1b~0c" + "x".repeat(251) + "…", run.places().getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'child'", "{name: 'child'}", "{scriptPath: 'lib/child.js'}", "'./child.js'"})
  void aScriptIsNamedOrLies(String ref) throws InterruptedException { // L44, L19
    shelf.with("child", "return typeof args;");

    assertEquals("\"undefined\"", value(run("return await workflow(" + ref + ");", run)));
    assertEquals(
        ref.contains("/"),
        run.requests().getFirst().input().contains("\"caller\":\"/workspace/t.js\""));
  }

  @Test
  void aTextThatHoldsItsMetaIsTheScript() throws InterruptedException { // L44
    var result =
        run(
            """
            const text = `\\n// first\\nexport const meta = {name: 'in', description: 'd'};
            return [args, await agent('p', {label: 'x'})];`;
            return await workflow(text, 7);
            """,
            run);

    assertEquals("[7,\"x\"]", value(result));
    assertEquals(List.of("x @ w:in"), run.places());
  }

  @Test
  void aNarrowerWorkspaceGoesWithAllItAsksFor() throws InterruptedException { // L44, L58
    shelf
        .with(
            "a", "return [cwd, await workflow('b', null, {workspace: 'api'}), await exists('x')];")
        .with("b", "return [cwd, await agent('p', {label: 'x'})];");

    var result = run("return await workflow('a', null, {workspace: 'packages'});", run);

    assertEquals(
        "[\"/workspace/packages\",[\"/workspace/packages/api\",\"x\"],\"exists x\"]",
        value(result));
    var agent = run.requests().get(2);
    var file = run.requests().get(3);
    assertTrue(agent.input().contains("\"workspace\":\"packages/api\""), agent.input());
    assertTrue(file.input().contains("\"workspace\":\"packages\""), file.input());
    assertTrue(!run.requests().getFirst().input().contains("\"workspace\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "..", "a/../../b"})
  void aWorkspaceIsNeverWidened(String folder) throws InterruptedException { // L58
    shelf.with("a", "return 1;");

    var asks = "workflow('a', null, {workspace: '%s'})".formatted(folder);
    var result = run("try { return await " + asks + "; } catch (e) { return e.code; }", run);

    assertEquals("\"path_escape\"", value(result));
  }

  @Test
  void argumentsAreACopy() throws InterruptedException { // L12, L36
    shelf.with("child", "args.list.push(2); return args;");

    var result =
        run("const a = {list: [1]}; return [await workflow({name: 'child', args: a}), a];", run);

    assertEquals("[{\"list\":[1,2]},{\"list\":[1]}]", value(result));
  }

  @Test
  void aScriptHasItsOwnDialect() throws InterruptedException { // L20
    shelf.whole(
        "odw",
        "export const meta = {name: 'o', description: 'd', dialect: 'odw'};\n"
            + "return [typeof loop, typeof context, (await agent('p', {label: 'x'})).status];");

    var result = run("return [typeof loop, await workflow('odw')];", run);

    assertEquals("[\"undefined\",[\"function\",\"object\",\"succeeded\"]]", value(result));
  }

  @Test
  void anExplicitNullIsNoArgumentWhereItsDialectSaysSo() throws InterruptedException { // L24
    shelf
        .whole(
            "m",
            "export const meta={name:'m',description:'d',dialect:'mimocode'};\nreturn typeof args;")
        .with("c", "return args;");

    assertEquals(
        "[\"undefined\",null]",
        value(run("return [await workflow('m', null), await workflow('c', null)];", run)));
  }

  @Test
  void itsMetaNamesTheModelOfItsAgents() throws InterruptedException { // L8
    shelf
        .whole(
            "m",
            "export const meta = {name: 'm', description: 'd', model: 'x/y'};\n"
                + "await agent('p'); await agent('p', {model: 'z'}); await workflow('inner');")
        .with("inner", "await agent('p');");

    run("await workflow('m'); await agent('p');", run);

    var models =
        run.requests().stream()
            .filter(request -> request.kind() == StepKind.AGENT)
            .map(request -> CallReader.object(request.input()))
            .map(input -> input.path("model").asText() + " " + input.path("defaultModel").asText())
            .toList();
    assertEquals(List.of(" x/y", "z x/y", " x/y", " "), models);
  }

  @Test
  void randomnessIsItsOwnAndTheSameAgain() throws InterruptedException { // L33, C25
    shelf.with("r", "return Math.random();");
    var body =
        """
        const two = await parallel([() => workflow('r'), () => workflow('r')]);
        return [Math.random(), ...two, await workflow('r'), await workflow('r')];
        """;

    var once = value(run(body, run));
    var again = value(run(body, new ScriptedRun(Order.NEWEST_FIRST, shelf)));

    assertEquals(once, again);
    assertEquals(
        5, List.of(once.substring(1, once.length() - 1).split(",")).stream().distinct().count());
  }

  @Test
  void theClockIsThatOfTheLastDelivery() throws InterruptedException { // L32
    shelf.with("t", "const start = Date.now(); await agent('p'); return Date.now() - start;");

    assertEquals(
        "[1000,1000]",
        value(
            run(
                "const start = Date.now(); return [await workflow('t'), Date.now() - start -"
                    + " 1000];",
                run)));
  }

  @ParameterizedTest
  @CsvSource({"CLAUDE, true", "ODW, true", "MIMOCODE, false"})
  void aFailureIsThrownOrNull(Dialect dialect, boolean thrown) throws InterruptedException { // L26
    shelf.with("bad", "\nthrow new TypeError('boom');");

    var result =
        run(
            "try { return [await workflow('bad')]; } catch (e) { return [e.code, e.message]; }",
            run,
            dialect);

    assertEquals(
        thrown
            ? "[\"script_error\",\"workflow 'bad' failed: bad.js:3:7: TypeError: boom\"]"
            : "[null]",
        value(result));
    assertEquals(
        thrown ? List.of() : List.of(new Loss(0, "workflow(bad)", "", "script_error")),
        result.losses());
  }

  @Test
  void aFailureMayBeARecord() throws InterruptedException { // L26
    shelf.with("bad", "throw new Error('boom');").with("good", "return 1;");

    var result =
        run(
            """
            return [
              await workflow({name: 'bad', failureMode: 'settled'}),
              await workflow('good', undefined, {failureMode: 'settled'}),
            ];
            """,
            run,
            Dialect.ODW);

    assertEquals(
        "[{\"ok\":false,\"status\":\"failed\",\"workflowName\":\"bad\",\"output\":null,"
            + "\"error\":{\"code\":\"script_error\",\"message\":"
            + "\"workflow 'bad' failed: bad.js:2:7: Error: boom\"}},"
            + "{\"ok\":true,\"status\":\"succeeded\",\"workflowName\":\"good\",\"output\":1}]",
        value(result));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrongWithTheScriptIsAlwaysThrown(Dialect dialect) throws InterruptedException { // L44
    shelf
        .whole("broken", "export const meta = {name: 'b', description: 'd'};\nreturn 1 +;")
        .whole("untold", "export const meta = {name: 'b'};\n")
        .with("again", "return await workflow('again', args);");

    var result =
        run(
            """
            const codes = [];
            for (const ref of ['none', 'broken', 'untold', 'again']) {
              await workflow({name: ref, failureMode: 'settled'}, {a: 1})
                .then((value) => value.error.message, (e) => [e.code, e.message])
                .then((told) => codes.push(told));
            }
            return codes;
            """,
            run,
            dialect);

    var inner = "workflow 'again' runs inside itself with the same args";
    assertEquals(
        "[[\"workflow_unknown\",\"no workflow is called"
            + " 'none'\"],[\"script_invalid\",\"broken.js:2:11: SyntaxError: Expected an operand"
            + " but found ;\"],[\"script_invalid\",\"untold.js: meta.description must be a"
            + " non-empty string; found none\"],\"workflow 'again' failed: again.js:2:14:"
            + " WorkflowError: "
            + inner
            + "\"]",
        value(result));
  }

  @Test
  void sameScriptWithOtherArgumentsIsNoCycle() throws InterruptedException { // L101
    shelf.with("down", "return args === 0 ? 'end' : await workflow('down', args - 1);");

    assertEquals("\"end\"", value(run("return await workflow('down', 7);", run)));
  }

  @Test
  void depthNineIsRefused() throws InterruptedException { // L101, C36
    shelf.with("down", "return args === 9 ? 'end' : await workflow('down', args + 1);");

    var result = run("return await workflow('down', 1).catch((e) => e.message);", run);

    assertTrue(
        value(result).endsWith("workflows run at most 8 deep inside one another\""), value(result));
    assertEquals(8, run.requests().size());
  }

  @Test
  void whatABuiltInTakesIsChecked() throws InterruptedException { // L44
    shelf.whole(
        "typed",
        "export const meta = {name: 'typed', description: 'd'};\nreturn args.n;",
        Optional.of("{\"type\":\"object\",\"required\":[\"n\"]}"));

    var result =
        run(
            "return [await workflow('typed', {n: 1}), await workflow('typed').catch((e) =>"
                + " e.code)];",
            run);

    assertEquals("[1,\"args_mismatch\"]", value(result));
  }

  @Test
  void importsOfANestedScriptAreReadAsSteps() throws InterruptedException { // L13
    shelf
        .whole(
            "main",
            """
            export const meta = {name: 'main', description: 'd'};
            import { one } from './lib.js';
            return one + await agent('p', {label: 'x'});
            """)
        .whole("lib", "import { two } from './sub/two.js';\nexport const one = 1 + two;\n")
        .whole("two", "export const two = 2;\n");
    // Someone else's answer is delivered while the imports are read.
    var result =
        run(
            "return await parallel([() => agent('p', {label: 'y'}), () => workflow('main')]);",
            run);

    assertEquals("[\"y\",\"3x\"]", value(result));
    assertEquals(
        List.of("y @ p0", "main @ p1", "./lib.js @ p1", "./sub/two.js @ p1", "x @ p1/w:main"),
        run.places());
  }

  @Test
  void aDeadlockIsTheFailureOfTheScriptThatHasIt() throws InterruptedException { // L111
    shelf.with("stuck", "\nawait new Promise(() => {});");

    var result =
        run(
            "return await parallel([() => workflow('stuck'), () => agent('p', {label: 'x'})]);",
            run);

    assertEquals("[null,\"x\"]", value(result));
    assertEquals(List.of(new Loss(0, "parallel[0]", "", "deadlock")), result.losses());
    assertTrue(run.said().getFirst().contains("stuck.js:3:1"), run.said()::toString);
  }

  @Test
  void aParentThatWaitsForABusyScriptIsNotDeadlocked() throws InterruptedException { // L111
    shelf
        .with("a", "return await workflow('b');")
        .with("b", "return await agent('p', {label: 'x'});");

    assertEquals("\"x\"", value(run("return await workflow('a');", run)));
  }

  @Test
  void anErrorNobodyCatchesEndsTheRunWithBothPlaces() throws InterruptedException { // L112
    shelf.with("bad", "\n\n  null.x;");

    var failed =
        assertInstanceOf(
            WorkflowResult.Failed.class, run("await agent('p');\nawait workflow('bad');", run));

    assertEquals("script_error", failed.code());
    assertEquals(new SourcePosition("t.js", 3, 7), failed.position());
    assertTrue(
        failed.message().contains("workflow 'bad' failed: bad.js:4:3: TypeError:"),
        failed.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workflow()",
        "workflow(7)",
        "workflow('')",
        "workflow(null)",
        "workflow([])",
        "workflow({})",
        "workflow({name: 'a', scriptPath: 'b.js'})",
        "workflow({name: 3})",
        "workflow({name: 'a', args: 1}, 2)",
        "workflow('a', 1, 'x')",
        "workflow('a', 1, {failureMode: 'x'})",
        "workflow('a', 1, {maxConcurrentAgents: 0})",
        "workflow('a', () => 1)"
      })
  void mistakesAreToldAtOnce(String call) throws InterruptedException { // L118
    var result = run("return await " + call + ".catch((e) => [e.name, e.code]);", run);

    assertEquals("[\"TypeError\",\"bad_argument\"]", value(result));
    assertEquals(List.of(), run.requests());
  }

  @Test
  void anUnknownOptionIsToldOnce() throws InterruptedException { // L83
    shelf.with("a", "return 1;");

    run("await workflow('a', 1, {x: 1}); await workflow('a', 2, {x: 1});", run);

    assertEquals(List.of("warning: workflow option \"x\" is unknown and ignored"), run.said());
  }
}
