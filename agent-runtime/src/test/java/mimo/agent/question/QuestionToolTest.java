package mimo.agent.question;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.json.Json;
import mimo.agent.tool.Tool.Result;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;

/// A42.
final class QuestionToolTest {

  private final List<Asker.Question> asked = new ArrayList<>();
  private final QuestionTool tool =
      new QuestionTool((question, _) -> {
        asked.add(question);
        return new Asker.Reply.Answered("blue");
      });

  private Result run(String input) throws InterruptedException {
    var object = Json.object();
    Json.parse(input.replace('\'', '"'))
        .properties()
        .forEach(e -> object.set(e.getKey(), e.getValue()));
    return tool.run(object, CancellationToken.never());
  }

  @Test
  void putsAQuestionAndBringsTheAnswer() throws InterruptedException {
    assertEquals(
        Result.ok("The user says: blue"),
        run("{'question':' Which colour? ','options':['red','blue']}"));
    assertEquals(Result.ok("The user says: blue"), run("{'question':'Which?'}"));

    assertEquals(
        List.of(
            new Asker.Question("Which colour?", List.of("red", "blue")),
            new Asker.Question("Which?", List.of())),
        asked);
  }

  @Test
  void saysThatNobodyIsThere() throws InterruptedException {
    var alone = new QuestionTool(Asker.nobody());

    assertEquals(
        Result.error("no user present: decide yourself, and say what you assumed"),
        alone.run(Json.object().put("question", "Which?"), CancellationToken.never()));
  }

  @Test
  void refusesWhatNobodyCouldAnswer() throws InterruptedException {
    assertEquals(
        Result.error("'question' must have 1 to 4000 characters"), run("{'question':' '}"));
    for (var options : List.of("'red'", "['']", "{'a':'b'}", "[" + "'a',".repeat(20) + "'a']")) {
      assertEquals(
          Result.error("'options' must be a list of at most 20 texts"),
          run("{'question':'Which?','options':" + options + "}"));
    }
    assertEquals(List.of(), asked);
  }
}
