package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Judges a chat completions request as strictly as the strictest provider does.
final class ChatRequestCheck {

  private final List<String> problems = new ArrayList<>();
  private final Set<String> open = new LinkedHashSet<>();

  private ChatRequestCheck() {}

  /// What is wrong with `request`; empty if nothing is.
  static List<String> problems(JsonNode request) {
    var check = new ChatRequestCheck();
    if (request.path("model").asText().isEmpty()) {
      check.problems.add("model is missing");
    }
    check.tools(request.path("tools"));
    check.messages(request.path("messages"));
    return check.problems;
  }

  private void tools(JsonNode tools) {
    var names = new HashSet<String>();
    for (var tool : tools) {
      var function = tool.path("function");
      var name = function.path("name").asText();
      if (!name.matches("[a-zA-Z0-9_-]{1,64}") || !names.add(name)) {
        problems.add("tool name '" + name + "' is illegal or used twice");
      }
      if (!function.path("parameters").path("type").asText().equals("object")) {
        problems.add("tool '" + name + "' has no schema of an object");
      }
    }
  }

  private void messages(JsonNode messages) {
    if (messages.isEmpty()) {
      problems.add("messages are missing");
    }
    var before = "";
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      var role = message.path("role").asText();
      follows(i, before, role);
      switch (role) {
        case "assistant" -> assistant(i, message);
        case "tool" -> answer(i, message);
        default -> content(i, message);
      }
      before = role;
    }
    if (before.equals("assistant")) {
      problems.add("the last message is the assistant's own");
    }
    unanswered(messages.size());
  }

  private void follows(int i, String before, String role) {
    boolean legal =
        switch (role) {
          case "system" -> i == 0;
          case "user" -> true;
          case "assistant" -> before.equals("user") || before.equals("tool");
          case "tool" -> before.equals("assistant") || before.equals("tool");
          default -> false;
        };
    if (!legal) {
      problems.add("message " + i + ": role '" + role + "' may not follow '" + before + "'");
    }
    if (!role.equals("tool")) {
      unanswered(i);
    }
  }

  private void unanswered(int i) {
    open.forEach(id -> problems.add("message " + i + ": call '" + id + "' has no answer before"));
    open.clear();
  }

  private void assistant(int i, JsonNode message) {
    for (var call : message.path("tool_calls")) {
      var id = call.path("id").asText();
      if (id.isEmpty() || !open.add(id)) {
        problems.add("message " + i + ": call id '" + id + "' is empty or used twice");
      }
      if (call.path("function").path("name").asText().isEmpty()) {
        problems.add("message " + i + ": call '" + id + "' names no tool");
      }
    }
    if (open.isEmpty() && !message.path("content").isTextual()) {
      problems.add("message " + i + ": the assistant says nothing");
    }
  }

  private void answer(int i, JsonNode message) {
    var id = message.path("tool_call_id").asText();
    if (!open.remove(id)) {
      problems.add("message " + i + ": the answer '" + id + "' has no call");
    }
    content(i, message);
  }

  private void content(int i, JsonNode message) {
    if (!message.path("content").isTextual()) {
      problems.add("message " + i + ": content is no text");
    }
  }
}
