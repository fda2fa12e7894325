package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mimo.compose.testing.ScriptedRun;
import mimo.engine.Loss;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// What a script and its run are told of what is missing (L107, L108; C23, C58).
final class LossesTest {

  /// `no` is an agent that is lost, `yes` one that answers.
  private final ScriptedRun run = ScriptedRun.answering("no: !timeout", "yes: 1", "nil: null");

  private static final String ASK = "const ask = (label) => agent('x', { label });\n";

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '`',
      resources = "/tables/everyResultTellsWhichSlotsAreMissingAndWhy.txt")
  void everyResultTellsWhichSlotsAreMissingAndWhyL108(String call, String losses)
      throws InterruptedException {
    var result = run(ASK + "await ask('yes'); return (await " + call + ").losses;", run);

    assertEquals(losses, value(result));
  }

  @Test
  void theListIsHiddenAndFrozenL108() throws InterruptedException {
    var result =
        run(
            ASK
                + """
                await ask('yes');
                const list = await parallel([() => ask('no')]);
                const map = await parallel({ a: () => ask('no') });
                let refused = 0;
                for (const write of [
                  () => { list.losses = []; }, () => { list.losses.push(1); },
                  () => { list.losses[0].reason = ''; }, () => { delete map.losses; },
                ]) try { write(); } catch (e) { refused += e instanceof TypeError; }
                let seen = 0;
                for (const key in map) seen += key === 'losses';
                return [refused, seen, { ...map }, [...list], JSON.stringify([list, map])];
                """,
            run);

    assertEquals("[4,0,{\"a\":null},[null],\"[[null],{\\\"a\\\":null}]\"]", value(result));
  }

  @Test
  void aSlotThatIsCalledLossesStaysTheScriptsOwn() throws InterruptedException {
    var result = run("return await parallel({ losses: () => 5 });", run);

    assertEquals("{\"losses\":5}", value(result));
  }

  @ParameterizedTest
  @CsvFileSource(
      delimiter = '|',
      quoteCharacter = '\'',
      resources = "/tables/oneCauseCountsOnceForTheRun.txt")
  void oneCauseCountsOnceForTheRunL107(String statement, String losses)
      throws InterruptedException {
    var escaping = ScriptedRun.answering("no: !timeout", "nil: null", "readFile no: !path_escape");

    var result = run(ASK + "await ask('yes'); " + statement + ";", escaping);

    var told = result.losses().stream().map(LossesTest::line).toList();
    assertEquals(losses == null ? "" : losses, String.join(", ", told));
  }

  private static String line(Loss loss) {
    return loss.seq() + " " + loss.label() + " " + loss.reason();
  }

  @Test
  void aLossKeepsThePhaseOfItsSlotL125() throws InterruptedException {
    var result =
        run(
            "phase('P'); return await parallel([() => 1, () => { phase('Q'); throw 'odd'; }]);",
            run);

    assertEquals(
        new WorkflowResult.Finished("[1,null]", List.of(new Loss(0, "parallel[1]", "Q", "thrown"))),
        result);
    assertTrue(run.said().contains("lost parallel[1]: odd"), run.said()::toString);
  }
}
