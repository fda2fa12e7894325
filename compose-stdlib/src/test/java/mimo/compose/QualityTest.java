package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import mimo.compose.testing.ScriptedRun;
import mimo.engine.Loss;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// The helpers for quality: script, scripted answers, expected calls and result (L61–L66, L120;
/// C44, C45).
final class QualityTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ASK = "const ask = (label) => agent('x', { label });\n";

  private static JsonNode input(ScriptedRun run, int index) throws Exception {
    return JSON.readTree(run.requests().get(index).input());
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/retryTriesUntilThereIsAValue.txt")
  void retryTriesUntilThereIsAValueL62(String call, String answers, String result, String places)
      throws InterruptedException {
    var run = ScriptedRun.answering(answers);

    var ended = run(ASK + "await ask('other'); return await " + call + ";", run);

    assertEquals(result, value(ended));
    assertEquals("other @ , " + places, String.join(", ", run.places()));
  }

  @Test
  void whatALaterAttemptMadeGoodIsNoLossL107() throws InterruptedException {
    var run = ScriptedRun.answering("a: !timeout ; !empty ; 1", "b: !failed");

    var result =
        run(
            ASK
                + """
                const all = await parallel(
                  [() => retry(() => ask('a')), () => retry(() => ask('b'))]);
                return [all, all.losses];
                """,
            run);

    assertEquals(
        new WorkflowResult.Finished(
            "[[1,null],[{\"index\":1,\"label\":\"b\",\"reason\":\"failed\"}]]",
            List.of(
                new Loss(2, "b", "", "failed"),
                new Loss(4, "b", "", "failed"),
                new Loss(6, "b", "", "failed"))),
        result);
    assertEquals(List.of("recovered a (timeout)", "recovered a (empty)"), run.said());
  }

  @Test
  void aSlotLostInAnEarlierAttemptIsMadeGoodTooL107() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        run(
            """
            await agent('x');
            return await retry(async (i) =>
              (await parallel([() => { if (i === 0) throw new Error('e'); return i; }]))[0]);
            """,
            run);

    assertEquals(new WorkflowResult.Finished("1", List.of()), result);
    assertEquals(List.of("lost parallel[0]: e", "recovered parallel[0] (thrown)"), run.said());
  }

  @Test
  void aPhaseOfAnAttemptLastsBeyondItL125() throws InterruptedException {
    var run = ScriptedRun.answering();

    run("await retry(() => { phase('P'); return agent('1'); }); await agent('2');", run);

    assertEquals(
        List.of("P", "P"), run.requests().stream().map(request -> request.phase()).toList());
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/gateProducesUntilTheValidatorIsContent.txt")
  void gateProducesUntilTheValidatorIsContentL61(String validate, String result, String calls)
      throws InterruptedException {
    var run = ScriptedRun.answering("a: 1 ; 2 ; 3");

    var ended =
        run(
            ASK
                + "const calls = []; const result = await gate((feedback, attempt) =>"
                + " { calls.push([feedback, attempt]); return ask('a'); }, "
                + validate
                + ").catch((e) => e.code); return [result, calls];",
            run);

    assertEquals("[" + result + "," + calls + "]", value(ended));
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/verifyCountsTheVotesOfThoseWhoAnswer.txt")
  void verifyCountsTheVotesOfThoseWhoAnswerL63(String call, String result)
      throws InterruptedException {
    var run =
        ScriptedRun.answering(
            "verify 1/2: {\"real\":true,\"reason\":\"r\"}",
            "verify 2/2: {\"real\":false,\"reason\":\"s\"}",
            "verify 1/1: {\"real\":true,\"reason\":\"r\"}",
            "lost: !timeout",
            "shy: !schema_exhausted");

    var ended = run(ASK + "await ask('other'); return await " + call + ";", run);

    assertEquals(result, value(ended));
  }

  @Test
  void verifyAsksWithTheCallersOptionsAndALensForEachL120() throws Exception {
    var run = ScriptedRun.answering();

    run(
        "await verify({ n: 1 }, { reviewers: 2, lens: ['speed', 'safety'], agent: { model: 'm' }})",
        run);

    assertEquals(List.of("verify 1/2 @ v0", "verify 2/2 @ v1"), run.places());
    assertEquals("m", input(run, 0).path("model").asText());
    assertEquals("[\"real\",\"reason\"]", input(run, 1).path("schema").path("required").toString());
    var prompt = input(run, 1).path("prompt").asText();
    assertTrue(prompt.contains("safety") && !prompt.contains("speed"), prompt);
    assertTrue(prompt.endsWith("Claim:\n{\n  \"n\": 1\n}"), prompt);
  }

  @Test
  void aReviewerWhoFailsIsARecordedLossL107() throws InterruptedException {
    var run =
        ScriptedRun.answering(
            "verify 1/2: !schema_exhausted", "verify 2/2: {\"real\":true,\"reason\":\"r\"}");

    var result = run("return (await verify('c')).real;", run, Dialect.MIMOCODE);

    assertEquals("true", value(result));
    assertEquals(1, result.losses().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ['a', 'b']       | 0.5,0.7 | 0.6,0.6 | 0 a 0.6 2
          ['a', 'b']       | 0.1,0.7 | 0.6,0.6 | 1 b 0.6 2
          ['a', 'b']       | x,0.7   | 0.6,0.6 | 0 a 0.7 1
          ['a', 'b']       | x,x     | 0.1,x   | 1 b 0.1 1
          ['a', null]      | 0.2,0.2 | 1,1     | 0 a 0.2 2
          ['a', 'b']       | x,x     | x,x     | null
          []               | 1,1     | 1,1     | null
          """)
  void theBestMeanWinsAndTheFirstOnATieL64(
      String candidates, String first, String second, String winner) throws InterruptedException {
    var run =
        ScriptedRun.answering(
            "judge 1/2 of candidate 1: " + score(first, 0),
            "judge 2/2 of candidate 1: " + score(first, 1),
            "judge 1/2 of candidate 2: " + score(second, 0),
            "judge 2/2 of candidate 2: " + score(second, 1));

    var result =
        run(
            "await agent('other'); const w = await judgePanel("
                + candidates
                + ", { judges: 2, rubric: 'r' }); return w && [w.index, w.attempt,"
                + " Math.round(w.score * 100) / 100, w.judgments.length].join(' ');",
            run);

    assertEquals(winner, value(result).replace("\"", ""));
  }

  private static String score(String scores, int judge) {
    var score = scores.split(",", -1)[judge];
    return score.equals("x") ? "!timeout" : "{\"score\":%s,\"reason\":\"r\"}".formatted(score);
  }

  @Test
  void eachJudgeHasAPlaceOfItsOwnL125() throws InterruptedException {
    var run = ScriptedRun.answering();

    run("await judgePanel(['a', 'b'], { judges: 2 });", run);

    assertEquals(
        List.of("j0.0", "j0.1", "j1.0", "j1.1"),
        run.requests().stream().map(request -> request.path()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"complete":true,"missing":[]}     | {"complete":true,"missing":[]}
          {"complete":true,"missing":["x"]}  | {"complete":false,"missing":["x"]}
          {"complete":false,"missing":["x"]} | {"complete":false,"missing":["x"]}
          !timeout                           | null
          """)
  void aCriticNamesWhatIsMissingL66(String answer, String result) throws InterruptedException {
    var run = ScriptedRun.answering("completeness check: " + answer);

    var ended = run("await agent('o'); return await completenessCheck('task', [1]);", run);

    assertEquals(result, value(ended));
    assertEquals("c", run.requests().getLast().path());
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '`',
      resources = "/tables/roundsGoOnUntilTheyBringNothingNew.txt")
  void roundsGoOnUntilTheyBringNothingNewL65(String options, String items, int calls)
      throws InterruptedException {
    var run = ScriptedRun.answering("a: [\"x\"] ; [\"x\",\"y\"] ; [\"y\"] ; []");

    var result = run(ASK + "return await loopUntilDry(" + options + ");", run);

    assertEquals(items, value(result));
    assertEquals(calls, run.requests().size());
  }

  @ParameterizedTest
  @CsvSource({"budget_exhausted", "agent_cap"})
  void anEmptyPurseEndsTheLoopWithWhatWasFoundL65(String code) throws InterruptedException {
    var run = ScriptedRun.answering("a: [1] ; [2] ; !" + code);

    var result = run(ASK + "return await loopUntilDry({ round: () => ask('a') });", run);

    assertEquals(
        new WorkflowResult.Finished(
            "[1,2]", List.of(new Loss(0, "loopUntilDry round 3", "", code))),
        result);
  }

  @Test
  void anotherErrorOfARoundIsTheScripts() throws InterruptedException {
    var result =
        run(
            "return await loopUntilDry({ round: () => { throw new Error('mine'); } });",
            ScriptedRun.answering());

    assertEquals("Error: mine", assertInstanceOf(WorkflowResult.Failed.class, result).message());
  }
}
