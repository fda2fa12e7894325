package mimo.compose;

import static mimo.compose.testing.Scripts.options;
import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything a script finds besides agents and fan-out (L11, L12, L45–L49, L55–L57, L111, L121).
final class LanguageSurfaceTest {

  private final ScriptedRun run =
      new ScriptedRun(Order.OLDEST_FIRST, _ -> new StepOutcome.Completed("\"text\""));

  @Test
  void everyNameIsThereAndNoneCanBeReplaced() throws InterruptedException {
    for (var name : ComposeLibrary.FUNCTIONS) {
      var result =
          run(
              "let refused = false; try { "
                  + name
                  + " = 1; } catch (e) { refused = e instanceof"
                  + " TypeError; } return [typeof "
                  + name
                  + " !== 'undefined' || '"
                  + name
                  + "' === 'args', refused];",
              run);

      assertEquals("[true,true]", value(result), name);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyNameAndEveryMemberIsFrozenL11(Dialect dialect) throws InterruptedException {
    var result = run(ScriptDriver.resource("/mimo/sandbox/frozen-walk.js"), run, dialect);

    assertEquals("[[],true]", value(result));
  }

  @Test
  void whatTheLibraryMakesIsFrozenToo() throws InterruptedException { // L11, L108
    var result =
        run(
            """
            const lost = await parallel([() => { throw 1; }]);
            const pairs = new URLSearchParams('a=1');
            const made = [
              lost.losses, lost.losses[0], Object.getPrototypeOf(new URL('http://a.example')),
              Object.getPrototypeOf(pairs), Object.getPrototypeOf(pairs.keys()),
              Object.getPrototypeOf(new TextEncoder()), Object.getPrototypeOf(new TextDecoder()),
              Object.getPrototypeOf(await readFile('x').catch((e) => e)),
            ];
            return made.map((each) => Object.isFrozen(each)).filter((frozen) => !frozen);
            """,
            new ScriptedRun(Order.OLDEST_FIRST, _ -> new StepOutcome.Failed("path_escape", "no")));

    assertEquals("[]", value(result));
  }

  @Test
  void aScriptMayDeclareItsOwnNames() throws InterruptedException {
    var result =
        run(
            "const sleep = (ms) => ms; function gate() { return 2; } let verify = 3;"
                + " const checkpoint = 4; return [sleep(1), gate(), verify, checkpoint];",
            run);

    assertEquals("[1,2,3,4]", value(result));
  }

  @Test
  void argsIsUndefinedWhenNoneAreGiven() throws InterruptedException {
    assertEquals("\"undefined\"", value(run("return typeof args;", run)));
  }

  @Test
  void argsIsAPrivateCopyThatTheScriptMayChange() throws InterruptedException {
    var result =
        run(
            "args.n++; args.more = [1]; return args;",
            run.with("{\"n\":1,\"s\":\"{}\"}"),
            options(Arguments.GIVEN));

    assertEquals("{\"n\":2,\"s\":\"{}\",\"more\":[1]}", value(result));
  }

  @Test
  void theWorkspaceIsNamedButNotOpened() throws InterruptedException { // L47, L48
    var result =
        run("return [cwd, process.cwd(), Object.keys(process.env), typeof process.exit];", run);

    assertEquals("[\"/workspace\",\"/workspace\",[],\"undefined\"]", value(result));
  }

  @Test
  void budgetReadsTheFigureOfTheLastDelivery() throws InterruptedException {
    var limit = Optional.of(SpendingLimit.parse("250"));
    var limited = new ComposeOptions(Arguments.NONE, "/w", limit, 10, 10, Dialect.CLAUDE);

    var result =
        run(
            """
            const figures = [budget.total, budget.unit, budget.spent(), budget.remaining()];
            for (let i = 0; i < 3; i++) {
              await agent('x');
              figures.push([budget.spent(), budget.remaining()]);
            }
            return figures;
            """,
            run,
            limited);

    assertEquals("[250,\"tokens\",0,250,[100,150],[200,50],[300,0]]", value(result));
  }

  @Test
  void withoutABudgetTheRestIsInfinite() throws InterruptedException {
    var result = run("return [budget.total, budget.remaining() === Infinity];", run);

    assertEquals("[null,true]", value(result));
  }

  @Test
  void logShowsValuesAsPeopleReadThem() throws InterruptedException { // L46
    run(
        """
        log('a', 1, { b: [2] }, undefined);
        console.warn('w');
        const cycle = {}; cycle.self = cycle;
        log(cycle);
        log({ toJSON() { throw new Error('no'); } });
        log(10n, Symbol('s'));
        """,
        run);

    assertEquals(
        List.of(
            "a 1 {\"b\":[2]} undefined",
            "w",
            "[a value that cannot be shown]",
            "[a value that cannot be shown]",
            "[a value that cannot be shown] Symbol(s)"),
        run.said());
  }

  @Test
  void aFloodOfPhasesIsCutAndCountedLikeLines() throws InterruptedException {
    run("phase('x'.repeat(9000)); for (let i = 0; i < 10050; i++) phase('p' + i);", run);

    assertEquals(10_001, run.said().size());
    assertTrue(run.said().getFirst().endsWith("x … (cut)"));
    assertEquals("(51 more log lines dropped: the log is full)", run.said().getLast());
  }

  @Test
  void aFloodOfLinesIsCutAndCounted() throws InterruptedException {
    run("for (let i = 0; i < 10050; i++) log(i);", run);

    assertEquals(10_001, run.said().size());
    assertEquals("(50 more log lines dropped: the log is full)", run.said().getLast());
  }

  @Test
  void whatIsDoneWithTheWorkspaceAreSteps() throws InterruptedException {
    run(
        "await readFile('a.txt'); await exists('b'); await glob('**', {gitignore: true});"
            + " await writeFile('c', 'd');",
        run);

    assertEquals(
        List.of(
            "FILE readFile a.txt {\"operation\":\"readFile\",\"path\":\"a.txt\"}",
            "FILE exists b {\"operation\":\"exists\",\"path\":\"b\"}",
            "FILE glob ** {\"operation\":\"glob\",\"pattern\":\"**\",\"gitignore\":true}",
            "FILE writeFile c {\"operation\":\"writeFile\",\"path\":\"c\",\"text\":\"d\"}"),
        run.requests().stream()
            .map(request -> request.kind() + " " + request.label() + " " + request.input())
            .toList());
    assertEquals(StepKind.FILE, run.requests().getFirst().kind());
  }

  @Test
  void aRefusedReadCanBeCaught() throws InterruptedException {
    var refusing =
        new ScriptedRun(Order.OLDEST_FIRST, _ -> new StepOutcome.Failed("path_escape", "outside"));

    var result = run("try { await readFile('../x'); } catch (e) { return e.code; }", refusing);

    assertEquals("\"path_escape\"", value(result));
  }

  @Test
  void aPromiseThatNothingCanSettleIsADeadlockWithItsLine() throws InterruptedException {
    var result = run("const never = new Promise(() => {});\n  await never;\n", run);

    var failed = assertInstanceOf(WorkflowResult.Failed.class, result);
    assertEquals("deadlock", failed.code());
    assertEquals(new SourcePosition("t.js", 3, 3), failed.position());
  }

  @Test
  void anErrorOfTheScriptKeepsItsPosition() throws InterruptedException {
    var result = run("await agent('x');\n  null.boom;\n", run);

    var failed = assertInstanceOf(WorkflowResult.Failed.class, result);
    assertEquals("script_error", failed.code());
    assertEquals(3, failed.position() == null ? 0 : failed.position().line());
    assertTrue(failed.message().startsWith("TypeError: "), failed.message());
  }

  @Test
  void declarationsNameEveryFunctionThatWorks() {
    for (var name : ComposeLibrary.FUNCTIONS) {
      assertTrue(
          ComposeLibrary.declarations().matches("(?s).*declare (function|const) " + name + "\\b.*"),
          name + " is missing in compose.d.ts");
    }
  }
}
