package mimo.cli.command.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.ScriptedRuns;
import mimo.engine.AskedGate;
import mimo.engine.GateAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The words of `mimo runs answer`, and which question they are for (D53).
final class RunsAnswerTest {

  private static final String YES_OR_NO = "{\"type\":\"boolean\"}";
  private static final String COLORS = "{\"enum\":[\"red\",\"blue\"]}";

  private final ScriptedRuns runs = new ScriptedRuns(List.of(), List.of(), null);
  private final Commands mimo = new Commands(new ScriptedInspection()).over(runs);

  private static AskedGate gate(int seq, String question, String schema, @Nullable String answer) {
    var given = answer == null ? null : new GateAnswer(answer, "Ada", "command");
    return new AskedGate(0, seq, question, schema, null, null, given, answer == null);
  }

  private String refusal(String... words) {
    var exit = mimo.run(words);
    assertEquals(ExitCode.USAGE, exit, mimo.err());
    return mimo.err().lines().findFirst().orElse("");
  }

  @Test
  void answersTheOnlyQuestionWithoutItsNumber() {
    runs.asking(List.of(gate(2, "Sure?", YES_OR_NO, "true"), gate(5, "Which?", COLORS, null)));

    var exit = mimo.run("runs", "answer", "7f3a", "1");

    assertEquals(ExitCode.OK, exit, mimo.err());
    assertEquals(List.of("5 \"red\""), runs.answers());
    assertEquals("step 5 of run 7f3a00000001: \"red\"\n", mimo.out());
  }

  @Test
  void saysToProgramsWhatWasAnswered() {
    mimo.run("runs", "answer", "7f3a", "3", "red", "--json");

    assertEquals(
        "{\"v\":1,\"run\":\"7f3a00000001\",\"step\":3,\"value\":\"red\",\"status\":\"applied\"}\n",
        mimo.out());
  }

  @Test
  void refusesARunThatIsNotThere() {
    assertEquals(
        "MIMO-640 run_unknown: no run's id begins with 'beef'",
        refusal("runs", "answer", "beef", "yes"));
  }

  @Test
  void refusesAStepThatAsksNothing() {
    assertEquals(
        "MIMO-670 step_unknown: run 7f3a00000001 has no step 4 that asks",
        refusal("runs", "answer", "7f3a", "4", "yes"));
    assertEquals(List.of(), runs.answers());
  }

  @Test
  void refusesARunThatAsksNothing() {
    runs.asking(List.of());

    assertEquals(
        "MIMO-100 usage: run 7f3a00000001 asks nothing", refusal("runs", "answer", "7f3a", "yes"));
  }

  @Test
  void namesTheQuestionsWhereThereAreSeveral() {
    runs.asking(List.of(gate(2, "Sure?", YES_OR_NO, null), gate(5, "Which?", COLORS, null)));

    assertEquals(
        "MIMO-100 usage: run 7f3a00000001 asks more than one thing; name the step: 2 (Sure?), 5"
            + " (Which?)",
        refusal("runs", "answer", "7f3a", "yes"));
    assertEquals(List.of(), runs.answers());
  }

  @Test
  void saysInWordsWhatAQuestionOfYesOrNoTakesD53() {
    runs.asking(List.of(gate(2, "Sure?", YES_OR_NO, null)));

    assertEquals(
        "MIMO-633 answer_misfit: step 2: the answer is yes or no; found \"maybe\"",
        refusal("runs", "answer", "7f3a", "maybe"));
    assertEquals(List.of(), runs.answers());
  }

  @Test
  void saysToProgramsWhichRunWasNotAnsweredAndThatItHasNotFailed() {
    runs.asking(List.of(gate(2, "Sure?", YES_OR_NO, null)));

    mimo.run("runs", "answer", "7f3a", "maybe", "--json");

    assertEquals(
        "{\"v\":1,\"run\":\"7f3a00000001\",\"status\":\"refused\",\"result\":null,\"losses\":[],"
            + "\"usage\":{},\"error\":{\"number\":\"MIMO-633\",\"name\":\"answer_misfit\","
            + "\"message\":\"step 2: the answer is yes or no; found \\\"maybe\\\"\","
            + "\"remedy\":\"give one that fits: mimo runs answer 7f3a00000001 VALUE\"}}\n",
        mimo.out());
  }

  @Test
  void refusesAnAnswerThatDoesNotFitD53() {
    assertEquals(
        "MIMO-633 answer_misfit: \"green\" does not fit",
        refusal("runs", "answer", "7f3a", "green"));
    assertEquals("", mimo.out());
  }
}
