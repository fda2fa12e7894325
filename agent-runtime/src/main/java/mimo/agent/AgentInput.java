package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.agent.definition.AgentTraits.Rights;
import mimo.agent.goal.Goal;
import mimo.agent.json.Json;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.provider.Effort;
import org.jspecify.annotations.Nullable;

/// The input of an agent step, parsed.
///
/// @param schema the shape of the answer; null for text
/// @param model as the call wrote it; null for the usual one
/// @param defaultModel the model of the script that calls; null for the run's own
/// @param effort how hard to think; null leaves that to others
/// @param agentType which named agent it is; null for none
/// @param tools the names of all it may use, in lower case; null for what agents have
/// @param rights whether it may change anything
/// @param after the step whose conversation it goes on with; null for none
/// @param turns the steps of all turns of that conversation, the latest last; empty if the memo of
///   each names the one before
/// @param keeping whether others may go on with what is said
/// @param remembering what of the memory it begins with
/// @param max how many candidates each of its steps has; null for one
/// @param bounds from the agent's start
/// @param goal what it works towards; null if nothing
record AgentInput(
    String prompt,
    @Nullable JsonNode schema,
    @Nullable String model,
    @Nullable String defaultModel,
    @Nullable Effort effort,
    @Nullable String agentType,
    @Nullable List<String> tools,
    Rights rights,
    @Nullable Integer after,
    List<Integer> turns,
    Keeping keeping,
    Remembering remembering,
    @Nullable MaxMode max,
    AgentBounds bounds,
    @Nullable Goal goal) {

  private static final String READ_ONLY = "read-only";
  private static final String INHERIT = "inherit";

  /// What becomes of a conversation once its turn is over.
  enum Keeping {
    KEPT,
    FORGOTTEN
  }

  /// What of the memory an agent begins with (L81).
  enum Remembering {
    PROJECT,
    NOTHING
  }

  AgentInput {
    tools = tools == null ? null : List.copyOf(tools);
    turns = List.copyOf(turns);
  }

  /// What the agent is asked, with the goal it has.
  String asked() {
    return goal == null ? prompt : prompt + "\n\n" + goal.words();
  }

  /// Reads `{"prompt", "schema"?, "model"?, "defaultModel"?, "effort"?, "agentType"?, "tools"?,
  /// "mode"?, "memory"?, "max"?, "after"?, "turns"?, "keep"?}` and the bounds; other keys, such as
  /// `label`, are for others.
  ///
  /// @throws IllegalArgumentException if a value has the wrong type
  static AgentInput parse(String text) {
    var input = Json.parse(text);
    var prompt = input.path("prompt");
    if (!prompt.isTextual() || prompt.textValue().isBlank()) {
      throw new IllegalArgumentException("'prompt' must be a string that is not empty");
    }
    var model = text(input, "model");
    return new AgentInput(
        prompt.textValue(),
        given(input, "schema"),
        INHERIT.equals(model) ? null : model,
        text(input, "defaultModel"),
        effort(input),
        text(input, "agentType"),
        tools(input),
        rights(input),
        after(input),
        turns(input),
        input.path("keep").asBoolean() || input.has("after") ? Keeping.KEPT : Keeping.FORGOTTEN,
        remembering(input),
        MaxMode.parse(input.path("max")),
        AgentBounds.parse(input),
        goal(input));
  }

  private static @Nullable Goal goal(JsonNode input) {
    var goal = given(input, "goal");
    return goal == null ? null : Goal.ofScript(goal);
  }

  private static @Nullable Integer after(JsonNode input) {
    var after = given(input, "after");
    if (after == null) {
      return null;
    }
    if (!after.isInt() || after.intValue() < 1) {
      throw new IllegalArgumentException("'after' must be the number of a step");
    }
    return after.intValue();
  }

  private static List<Integer> turns(JsonNode input) {
    var turns = new ArrayList<Integer>();
    input.path("turns").forEach(turn -> turns.add(turn.asInt()));
    return turns;
  }

  private static @Nullable List<String> tools(JsonNode input) {
    var given = given(input, "tools");
    if (given == null) {
      return null;
    }
    var tools = new ArrayList<String>();
    for (var tool : given) {
      tools.add(tool.asText().toLowerCase(Locale.ROOT));
    }
    return tools;
  }

  private static Rights rights(JsonNode input) {
    return switch (text(input, "mode")) {
      case null -> Rights.USUAL;
      case READ_ONLY -> Rights.READ_ONLY;
      case String other ->
          throw new IllegalArgumentException("'mode' must be " + READ_ONLY + ", not " + other);
    };
  }

  private static Remembering remembering(JsonNode input) {
    return switch (text(input, "memory")) {
      case null -> Remembering.PROJECT;
      case "project" -> Remembering.PROJECT;
      case "none" -> Remembering.NOTHING;
      case String other ->
          throw new IllegalArgumentException("'memory' must be project or none, not " + other);
    };
  }

  private static @Nullable Effort effort(JsonNode input) {
    var word = text(input, "effort");
    return word == null
        ? null
        : Effort.of(word)
            .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no effort"));
  }

  private static @Nullable String text(JsonNode input, String key) {
    var value = given(input, key);
    if (value != null && !value.isTextual()) {
      throw new IllegalArgumentException("'" + key + "' must be a string");
    }
    return value == null ? null : value.textValue();
  }

  private static @Nullable JsonNode given(JsonNode input, String key) {
    var value = input.path(key);
    return value.isMissingNode() || value.isNull() ? null : value;
  }
}
