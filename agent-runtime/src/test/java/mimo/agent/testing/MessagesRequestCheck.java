package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Judges a Messages request as strictly as the protocol's own provider does.
final class MessagesRequestCheck {

  private static final int MOST_CACHE_MARKS = 4;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> open = new LinkedHashSet<>();

  private MessagesRequestCheck() {}

  /// What is wrong with `request`; empty if nothing is.
  static List<String> problems(JsonNode request) {
    var check = new MessagesRequestCheck();
    if (request.path("model").asText().isEmpty()) {
      check.problems.add("model is missing");
    }
    if (request.path("max_tokens").asLong() <= 0) {
      check.problems.add("max_tokens is missing");
    }
    if (request.findParents("cache_control").size() > MOST_CACHE_MARKS) {
      check.problems.add("there are more than " + MOST_CACHE_MARKS + " cache marks");
    }
    check.tools(request.path("tools"));
    check.messages(request.path("messages"));
    return check.problems;
  }

  private void tools(JsonNode tools) {
    var names = new HashSet<String>();
    for (var tool : tools) {
      var name = tool.path("name").asText();
      if (!name.matches("[a-zA-Z0-9_-]{1,128}") || !names.add(name)) {
        problems.add("tool name '" + name + "' is illegal or used twice");
      }
      if (!tool.path("input_schema").path("type").asText().equals("object")) {
        problems.add("tool '" + name + "' has no schema of an object");
      }
    }
  }

  private void messages(JsonNode messages) {
    if (messages.isEmpty()) {
      problems.add("messages are missing");
    }
    for (int i = 0; i < messages.size(); i++) {
      var role = messages.get(i).path("role").asText();
      var wanted = i % 2 == 0 ? "user" : "assistant";
      if (!role.equals(wanted)) {
        problems.add("message " + i + ": the role is '" + role + "', not '" + wanted + "'");
      }
      if (messages.get(i).path("content").isEmpty()) {
        problems.add("message " + i + ": content is empty");
      }
      if (role.equals("user")) {
        user(i, messages.get(i).path("content"));
      } else {
        assistant(i, messages.get(i).path("content"));
      }
    }
    if (messages.size() % 2 == 0) {
      problems.add("the last message is the assistant's own");
    }
  }

  /// All answers to the message before, and first.
  private void user(int i, JsonNode content) {
    boolean others = false;
    for (var block : content) {
      if (block.path("type").asText().equals("tool_result")) {
        var id = block.path("tool_use_id").asText();
        if (others || !open.remove(id)) {
          problems.add("message " + i + ": the answer '" + id + "' has no call, or is late");
        }
      } else {
        others = true;
        text(i, block);
      }
    }
    open.forEach(id -> problems.add("message " + i + ": call '" + id + "' has no answer"));
    open.clear();
  }

  private void assistant(int i, JsonNode content) {
    for (var block : content) {
      switch (block.path("type").asText()) {
        case "tool_use" -> {
          var id = block.path("id").asText();
          if (!id.matches("[a-zA-Z0-9_-]+") || !open.add(id)) {
            problems.add("message " + i + ": call id '" + id + "' is illegal or used twice");
          }
          if (!block.path("input").isObject()) {
            problems.add("message " + i + ": the input of call '" + id + "' is no object");
          }
        }
        case "thinking" -> {
          if (block.path("signature").asText().isEmpty()) {
            problems.add("message " + i + ": a thought is not signed");
          }
        }
        case "redacted_thinking" -> {
          if (block.path("data").asText().isEmpty()) {
            problems.add("message " + i + ": a hidden thought is empty");
          }
        }
        default -> text(i, block);
      }
    }
  }

  private void text(int i, JsonNode block) {
    if (!block.path("type").asText().equals("text") || block.path("text").asText().isBlank()) {
      problems.add("message " + i + ": a block is no text, or has no words");
    }
  }
}
