package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// L84, L90.
@Timeout(60)
class AgentAnswersTest extends LoopStage {

  @Test
  void takesAnAnswerThatFitsItsSchema() throws Exception {
    model.replies(
        Finish.TOOL_CALLS,
        new ToolCall("c1", "look", "{\"at\":\"1\"}"),
        new ToolCall("c2", "answer", "{\"value\":7}"),
        new ToolCall("c3", "answer", "{\"value\":8}"));

    assertEquals(
        new AgentOutcome.Answered("7"),
        loop(looking(), schema("{\"type\":\"integer\"}"), 200)
            .run(AgentLoop.Stops.by(CancellationToken.never())));
    assertEquals(
        List.of("look", "answer"),
        model.requests().getFirst().tools().stream().map(ToolSpec::name).toList());
  }

  @Test
  void tellsEachAttemptWhatWasWrongWithTheLast() throws Exception {
    model
        .calls("c1", "answer", "{\"value\":\"1\"}")
        .calls("c2", "answer", "{\"value\":")
        .says("it is seven")
        .calls("c4", "answer", "{\"value\":0.5}")
        .calls("c5", "answer", "{\"value\":7}");

    var outcome =
        loop(looking(), schema("{\"type\":\"integer\"}"), 200)
            .run(AgentLoop.Stops.by(CancellationToken.never()));

    assertEquals(new AgentOutcome.Answered("7"), outcome);
    assertEquals(
        "The answer does not fit its schema (4 attempts left):\n"
            + "- the answer: string found, integer expected",
        toolAnswers(1).getFirst().text());
    assertEquals(
        new Message.User(
            Reminder.of(
                "The answer does not fit its schema (2 attempts left):\n"
                    + "the reply is prose; give the answer by calling the tool 'answer'")),
        model.requests().get(3).messages().getLast());
    assertEquals(
        "The answer does not fit its schema (1 attempts left):\n"
            + "- the answer: number found, integer expected",
        toolAnswers(4).getFirst().text());
  }

  @Test
  void givesUpAfterFiveAttempts() throws Exception {
    for (int i = 1; i <= 5; i++) {
      model.calls("c" + i, "answer", "{\"value\":" + i + ".5}");
    }

    assertEquals(
        new AgentOutcome.Ended(
            "schema_exhausted",
            "none of 5 answers fitted the schema; the last: "
                + "- the answer: number found, integer expected"),
        loop(looking(), schema("{\"type\":\"integer\"}"), 200)
            .run(AgentLoop.Stops.by(CancellationToken.never())));
  }

  @Test
  void takesATextThatIsTheValueItself() throws Exception {
    model.says("```json\n{\"n\": 7}\n```");

    assertEquals(
        new AgentOutcome.Answered("{\"n\":7}"),
        loop(looking(), schema("{\"type\":\"object\",\"required\":[\"n\"]}"), 200)
            .run(AgentLoop.Stops.by(CancellationToken.never())));
  }
}
