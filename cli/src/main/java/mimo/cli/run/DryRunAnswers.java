package mimo.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mimo.agent.output.AnswerSchema;
import mimo.agent.output.AnswerSchema.Reading;
import mimo.agent.output.Fault;
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

  /// @throws CommandException `answers_invalid` if the scripted answer does not fit the schema
  StepOutcome answer(ActivityRequest request) {
    var schema = input(request).get("schema");
    AnswerSchema check = null;
    if (schema != null) {
      switch (AnswerSchema.read(schema)) {
        case Reading.Usable(var usable) -> check = usable;
        case Reading.Invalid(var message) -> {
          return new StepOutcome.Failed(Reading.Invalid.CODE, message);
        }
      }
    }
    var answer = scripted.get(request.label());
    if (answer != null) {
      return scripted(request.label(), answer, check);
    }
    if (schema == null) {
      return new StepOutcome.Completed(JsonNodeFactory.instance.textNode(echo(request)).toString());
    }
    return ExampleAnswer.of(schema)
        .<StepOutcome>map(value -> new StepOutcome.Completed(value.toString()))
        .orElseGet(() ->
            new StepOutcome.Failed("failed", "no example fits the schema; script one by label"));
  }

  private static StepOutcome scripted(
      String label, JsonNode answer, @Nullable AnswerSchema schema) {
    if (answer.isNull()) {
      return new StepOutcome.Failed("failed", "lost, as the file of answers says");
    }
    var faults = schema == null ? List.<Fault>of() : schema.faults(answer);
    if (!faults.isEmpty()) {
      throw new CommandException(
          "answers_invalid",
          "the scripted answer for '" + label + "' does not fit its schema: " + faults.getFirst());
    }
    if (schema == null && !answer.isTextual()) {
      throw new CommandException(
          "answers_invalid",
          "the agent '" + label + "' has no schema, so its scripted answer must be a text");
    }
    return new StepOutcome.Completed(answer.toString());
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
