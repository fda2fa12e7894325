package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Judges a Responses request as strictly as the protocol's own provider does.
final class ResponsesRequestCheck {

  private static final int FEWEST_OUTPUT_TOKENS = 16;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> calls = new HashSet<>();
  private final Set<String> answered = new HashSet<>();

  private ResponsesRequestCheck() {}

  /// What is wrong with `request`; empty if nothing is.
  static List<String> problems(JsonNode request) {
    var check = new ResponsesRequestCheck();
    if (request.path("model").asText().isEmpty()) {
      check.problems.add("model is missing");
    }
    if (request.path("store").asBoolean(true)) {
      check.problems.add("the reply would be stored");
    }
    if (request.has("max_output_tokens")
        && request.path("max_output_tokens").asLong() < FEWEST_OUTPUT_TOKENS) {
      check.problems.add("max_output_tokens is below " + FEWEST_OUTPUT_TOKENS);
    }
    check.tools(request.path("tools"));
    check.input(request.path("input"));
    return check.problems;
  }

  private void tools(JsonNode tools) {
    var names = new HashSet<String>();
    for (var tool : tools) {
      var name = tool.path("name").asText();
      if (!name.matches("[a-zA-Z0-9_-]{1,64}") || !names.add(name)) {
        problems.add("tool name '" + name + "' is illegal or used twice");
      }
      if (!tool.path("parameters").path("type").asText().equals("object")) {
        problems.add("tool '" + name + "' has no schema of an object");
      }
      if (!tool.path("strict").isBoolean()) {
        problems.add("tool '" + name + "' does not say whether it is strict");
      }
    }
  }

  private void input(JsonNode input) {
    if (input.isEmpty()) {
      problems.add("input is missing");
    }
    for (int i = 0; i < input.size(); i++) {
      item(i, input);
    }
    calls.removeAll(answered);
    calls.forEach(id -> problems.add("no tool output found for function call " + id));
  }

  private void item(int i, JsonNode input) {
    var item = input.get(i);
    switch (item.path("type").asText("message")) {
      case "message" -> {
        if (item.path("content").asText().isEmpty()) {
          problems.add("item " + i + ": content is empty");
        }
      }
      case "function_call" -> {
        var id = item.path("call_id").asText();
        if (id.isEmpty() || !calls.add(id)) {
          problems.add("item " + i + ": call id '" + id + "' is empty or used twice");
        }
        if (!item.path("arguments").isTextual()) {
          problems.add("item " + i + ": arguments are no text");
        }
      }
      case "function_call_output" -> {
        var id = item.path("call_id").asText();
        if (!calls.contains(id) || !answered.add(id)) {
          problems.add("item " + i + ": the answer '" + id + "' has no call, or a second one");
        }
      }
      case "reasoning" -> {
        if (item.path("encrypted_content").asText().isEmpty()) {
          problems.add("item " + i + ": it is not stored here, and not encrypted");
        }
        if (!leads(input, i + 1)) {
          problems.add("item " + i + ": reasoning without the item that must follow it");
        }
      }
      default -> problems.add("item " + i + ": unknown type " + item.path("type"));
    }
  }

  /// Whether what the model said goes on at `i`.
  private static boolean leads(JsonNode input, int i) {
    var next = input.path(i);
    return switch (next.path("type").asText("message")) {
      case "message" -> next.path("role").asText().equals("assistant");
      case "function_call" -> true;
      case "reasoning" -> leads(input, i + 1);
      default -> false;
    };
  }
}
