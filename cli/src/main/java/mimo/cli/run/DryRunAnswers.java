package mimo.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.agent.provider.offline.ExampleAnswer;
import mimo.cli.error.CommandException;
import mimo.engine.ActivityRequest;
import mimo.engine.StepOutcome;
import org.jspecify.annotations.Nullable;

/// The answers of a dry run's agents: by label from a file, else made from the schema (L116).
final class DryRunAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ECHO = 60;

  private final ObjectNode scripted;

  private DryRunAnswers(ObjectNode scripted) {
    this.scripted = scripted;
  }

  /// @param text a JSON object, label to answer; `null` stands for an agent that is lost
  static DryRunAnswers parse(@Nullable String text) {
    if (text == null) {
      return new DryRunAnswers(JsonNodeFactory.instance.objectNode());
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return new DryRunAnswers(object);
      }
    } catch (JsonProcessingException e) {
      throw new CommandException(
          "answers_invalid", "the file of answers is not JSON: " + e.getOriginalMessage());
    }
    throw new CommandException(
        "answers_invalid", "the file of answers must be one object: {\"label\": answer, …}");
  }

  /// @throws CommandException `answers_invalid` if the scripted answer does not fit
  StepOutcome answer(ActivityRequest request) {
    var schema = input(request).get("schema");
    var answer = scripted.get(request.label());
    if (answer != null && answer.isNull()) {
      return new StepOutcome.Failed("failed", "lost, as the file of answers says");
    }
    if (schema != null) {
      return shaped(request.label(), schema, answer);
    }
    if (answer == null) {
      return new StepOutcome.Completed(JsonNodeFactory.instance.textNode(echo(request)).toString());
    }
    if (!answer.isTextual()) {
      throw new CommandException(
          "answers_invalid",
          "the agent '"
              + request.label()
              + "' has no schema, so its scripted answer must be a text");
    }
    return new StepOutcome.Completed(answer.toString());
  }

  /// What a tool answers that is not run.
  StepOutcome toTool(ActivityRequest request) {
    var answer = scripted.get(request.label());
    return new StepOutcome.Completed(
        answer == null || !answer.isTextual()
            ? JsonNodeFactory.instance.textNode("[dry run] " + request.label()).toString()
            : answer.toString());
  }

  /// What people answer: the default a question declares, else yes, or what its schema makes.
  StepOutcome toGate(ActivityRequest request) {
    var input = input(request);
    var fallback = input.get("default");
    if (fallback != null) {
      return new StepOutcome.Completed(fallback.toString());
    }
    var schema = input.path("schema");
    return schema.path("type").asText().equals("boolean")
        ? new StepOutcome.Completed("true")
        : shaped(request.label(), schema, null);
  }

  private static StepOutcome shaped(String label, JsonNode schema, @Nullable JsonNode answer) {
    var example =
        answer == null ? ExampleAnswer.of(schema) : ExampleAnswer.scripted(answer, schema);
    return switch (example) {
      case ExampleAnswer.Fitting(var value) -> new StepOutcome.Completed(value.toString());
      case ExampleAnswer.Missing(var code, var message)
          when answer == null || !code.equals("failed") ->
          new StepOutcome.Failed(code, message);
      case ExampleAnswer.Missing(_, var message) ->
          throw new CommandException(
              "answers_invalid",
              "the scripted answer for '" + label + "' does not fit its schema: " + message);
    };
  }

  private static String echo(ActivityRequest request) {
    var prompt = input(request).path("prompt").asText();
    var start = prompt.length() <= LONGEST_ECHO ? prompt : prompt.substring(0, LONGEST_ECHO) + "…";
    return "[dry run] answer to: " + start;
  }

  static JsonNode input(ActivityRequest request) {
    try {
      return JSON.readTree(request.input());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request's input is no JSON: " + request.input(), e);
    }
  }
}
