package mimo.agent.question;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import mimo.agent.AgentLimits;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// Asks the user something (A42).
public final class QuestionTool implements Tool {

  /// Asked one at a time, after what comes before it: so it does not count as a mere read.
  private static final ToolSpec SPEC =
      new ToolSpec(
          "question",
          """
          Asks the user, and waits. Only for what you cannot find out or decide yourself and what \
          would be costly to get wrong.\
          """,
          """
          {"type":"object","properties":{\
          "question":{"type":"string"},\
          "options":{"type":"array","items":{"type":"string"},\
          "description":"answers to choose from"}},\
          "required":["question"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.CHANGES);

  private final Asker asker;

  public QuestionTool(Asker asker) {
    this.asker = asker;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    var text = input.path("question").asText().strip();
    if (text.isEmpty() || text.length() > AgentLimits.QUESTION_CHARS) {
      return Result.error(
          "'question' must have 1 to " + AgentLimits.QUESTION_CHARS + " characters");
    }
    var options = new ArrayList<String>();
    for (var option : input.path("options")) {
      options.add(option.asText());
    }
    boolean texts =
        input.path("options").isMissingNode()
            || (input.path("options").isArray()
                && options.stream()
                    .allMatch(
                        each -> !each.isBlank() && each.length() <= AgentLimits.QUESTION_CHARS));
    if (!texts || options.size() > AgentLimits.QUESTION_OPTIONS) {
      return Result.error(
          "'options' must be a list of at most " + AgentLimits.QUESTION_OPTIONS + " texts");
    }
    return switch (asker.ask(new Asker.Question(text, options), cancellation)) {
      case Asker.Reply.Answered(var answer) -> Result.ok("The user says: " + answer);
      case Asker.Reply.Nobody _ ->
          Result.error("no user present: decide yourself, and say what you assumed");
    };
  }
}
