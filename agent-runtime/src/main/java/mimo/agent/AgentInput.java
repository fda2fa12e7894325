package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import mimo.agent.json.Json;
import org.jspecify.annotations.Nullable;

/// The input of an agent step, parsed.
///
/// @param schema the shape of the answer; null for text
/// @param model as the script wrote it; null for the run's own
/// @param bounds from the agent's start
record AgentInput(
    String prompt, @Nullable JsonNode schema, @Nullable String model, AgentBounds bounds) {

  private static final String INHERIT = "inherit";

  /// Reads `{"prompt", "schema"?, "model"?}` and the bounds; other keys, such as `label`, are for
  /// others.
  ///
  /// @throws IllegalArgumentException if a value has the wrong type
  static AgentInput parse(String text) {
    var input = Json.parse(text);
    var prompt = input.path("prompt");
    if (!prompt.isTextual() || prompt.textValue().isBlank()) {
      throw new IllegalArgumentException("'prompt' must be a string that is not empty");
    }
    return new AgentInput(
        prompt.textValue(), given(input, "schema"), model(input), AgentBounds.parse(input));
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

  private static @Nullable JsonNode given(JsonNode input, String key) {
    var value = input.path(key);
    return value.isMissingNode() || value.isNull() ? null : value;
  }
}
