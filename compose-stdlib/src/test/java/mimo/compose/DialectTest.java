package mimo.compose;

import static mimo.compose.testing.Scripts.options;
import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import mimo.engine.Loss;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What differs between the dialects (L20–L31; C17–C22).
final class DialectTest {

  @ParameterizedTest
  @CsvSource({
    "odw,    mimocode, /p/.mimocode/workflows/a.js,   ODW",
    ",       odw,      /p/.mimocode/workflows/a.js,   ODW",
    ",       ,         /p/.mimocode/workflows/a.js,   MIMOCODE",
    ",       ,         /p/.mimocode/workflows/b/a.js, MIMOCODE",
    ",       ,         /p/.claude/workflows/a.js,     CLAUDE",
    ",       ,         builtin:repo-map,              CLAUDE",
    "claude, ,         /p/.mimocode/workflows/a.js,   CLAUDE"
  })
  void launchWinsOverMetaAndMetaOverTheFolderL20(
      String launch, String meta, String location, Dialect dialect) {
    var script = meta == null ? "" : ",\"dialect\":\"" + meta + "\"";
    var read = ScriptMeta.parse("{\"name\":\"n\",\"description\":\"d\"" + script + "}");

    assertEquals(dialect, Dialect.of(launch, read, location));
  }

  @Test
  void anUnknownDialectIsAnErrorL20() {
    var failure = assertThrows(ComposeException.class, () -> Dialect.parse("Claude"));

    assertEquals("bad_argument", failure.code());
    assertEquals("the dialect is claude, mimocode, odw; found Claude", failure.getMessage());
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/aThrowNullsTheSlotOrRejectsTheBatch.txt")
  void aThrowNullsTheSlotOrRejectsTheBatchL22(Dialect dialect, String call, String outcome)
      throws InterruptedException {
    var result = run("return " + call + ";", ScriptedRun.answering(), dialect);

    assertEquals(outcome, outcome(result));
  }

  private static String outcome(WorkflowResult result) {
    return result instanceof WorkflowResult.Failed failed ? failed.message() : value(result);
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/theCallBeyondTheCap.txt")
  void theCallBeyondTheCapL23(Dialect dialect, String outcome, int losses)
      throws InterruptedException {
    var one = new ComposeOptions(Arguments.NONE, "/w", Optional.empty(), 1, 10, dialect);
    var run = ScriptedRun.answering();

    var result =
        run(
            "const all = []; for (let i = 0; i < 3; i++)"
                + " all.push(await agent('x', {label: 'a'}).catch((e) => e.code)); return all;",
            run,
            one);

    assertEquals(outcome, value(result));
    assertEquals(losses, result.losses().size());
    var warning =
        "warning: the run has started its 1 agents; raise --max-agents;"
            + " agent() gives null from here on";
    assertEquals(dialect == Dialect.MIMOCODE ? List.of(warning) : List.of(), run.said());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CLAUDE   | NONE  | null     | undefined
          CLAUDE   | GIVEN | null     | null
          MIMOCODE | NONE  | null     | undefined
          MIMOCODE | GIVEN | null     | undefined
          MIMOCODE | GIVEN | "{}"     | "{}"
          ODW      | GIVEN | null     | null
          ODW      | GIVEN | {"a":1}  | {"a":1}
          """)
  void missingArgumentsL24(Dialect dialect, Arguments given, String json, String seen)
      throws InterruptedException {
    var run = ScriptedRun.answering().with(json);

    var result =
        run(
            "return args === undefined ? 'undefined' : JSON.stringify(args);",
            run,
            options(given, dialect));

    assertEquals(seen, value(result).replace("\\\"", "'").replace("\"", "").replace("'", "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CLAUDE   | "schema_exhausted" | 0
          MIMOCODE | null               | 1
          ODW      | "schema_exhausted" | 0
          """)
  void aSchemaThatIsNeverSatisfiedL25(Dialect dialect, String outcome, int losses)
      throws InterruptedException {
    var run = ScriptedRun.answering("a: !schema_exhausted");

    var result =
        run(
            "await agent('y', {label: 'ok'});"
                + "return await agent('x', {label: 'a'}).catch((e) => e.code);",
            run,
            dialect);

    assertEquals(outcome, value(result));
    assertEquals(losses, result.losses().size());
  }

  @Test
  void anExhaustedSchemaAmongThunksNullsItsSlotAloneL22L25() throws InterruptedException {
    var run = ScriptedRun.answering("a: !schema_exhausted", "b: 1");

    var result =
        run(
            "const all = await parallel(['a','b'].map((label) => () => agent('x', {label})));"
                + " return [all, all.losses];",
            run,
            Dialect.MIMOCODE);

    assertEquals(
        new WorkflowResult.Finished(
            "[[null,1],[{\"index\":0,\"label\":\"a\",\"reason\":\"schema_exhausted\"}]]",
            List.of(new Loss(1, "a", "", "schema_exhausted"))),
        result);
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/anAgentOfOdwGivesARecord.txt")
  void anAgentOfOdwGivesARecordL28(String label, String options, String record)
      throws InterruptedException {
    var run = ScriptedRun.answering("shaped: {\"n\":1}", "failed: !failed", "late: !timeout");
    var more = options == null ? "" : options;

    var result =
        run(
            "await agent('x', {label: 'first'}); return await agent({prompt: 'x', label: '"
                + label
                + "'"
                + more
                + "});",
            run,
            Dialect.ODW);

    assertEquals(record, value(result));
  }

  @ParameterizedTest
  @EnumSource
  void everyDialectTakesStringPhasesObjectPromptsAndMapsL31(Dialect dialect)
      throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        run(
            "const { a } = await parallel({ a: () => agent({ prompt: 'x', label: 'a' }) });"
                + " return a.text ?? a;",
            run,
            dialect);

    assertEquals("\"a\"", value(result));
    assertInstanceOf(WorkflowResult.Finished.class, result);
  }
}
