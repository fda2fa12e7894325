package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import mimo.agent.json.Json;
import org.jspecify.annotations.Nullable;

/// The input of an agent step, parsed.
///
/// @param schema the shape of the answer; null for text
/// @param model as the script wrote it; null for the run's own
/// @param timeout from the agent's start; null for none
record AgentInput(
    String prompt, @Nullable JsonNode schema, @Nullable String model, @Nullable Duration timeout) {

  private static final String INHERIT = "inherit";

  /// Reads `{"prompt", "schema"?, "model"?, "timeoutMs"?}`; other keys, such as `label`, are for
  /// others.
  ///
  /// @throws IllegalArgumentException if a value has the wrong type
  static AgentInput parse(String text) {
    var input = Json.parse(text);
    var prompt = input.path("prompt");
    if (!prompt.isTextual() || prompt.textValue().isBlank()) {
      throw new IllegalArgumentException("'prompt' must be a string that is not empty");
    }
    return new AgentInput(prompt.textValue(), given(input, "schema"), model(input), timeout(input));
  }

  private static @Nullable String model(JsonNode input) {
    var model = given(input, "model");
    if (model == null) {
      return null;
    }
    if (!model.isTextual()) {
      throw new IllegalArgumentException("'model' must be a string");
    }
    return model.textValue().equals(INHERIT) ? null : model.textValue();
  }

  private static @Nullable Duration timeout(JsonNode input) {
    var millis = given(input, "timeoutMs");
    if (millis == null) {
      return null;
    }
    if (!millis.isNumber() || millis.asDouble() <= 0) {
      throw new IllegalArgumentException("'timeoutMs' must be a number above 0");
    }
    return Duration.ofMillis(Math.max(1, millis.asLong()));
  }

  private static @Nullable JsonNode given(JsonNode input, String key) {
    var value = input.path(key);
    return value.isMissingNode() || value.isNull() ? null : value;
  }
}
