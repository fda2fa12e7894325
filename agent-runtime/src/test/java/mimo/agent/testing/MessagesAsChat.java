package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

/// Says in chat completions what a Messages request says, for models that know only those.
final class MessagesAsChat {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MessagesAsChat() {}

  static JsonNode translate(JsonNode request) {
    var chat = JSON.createObjectNode();
    chat.set("model", request.path("model"));
    var messages = chat.putArray("messages");
    for (var block : request.path("system")) {
      messages.addObject().put("role", "system").set("content", block.path("text"));
    }
    for (var message : request.path("messages")) {
      if (message.path("role").asText().equals("user")) {
        user(message.path("content"), messages);
      } else {
        assistant(message.path("content"), messages);
      }
    }
    tools(request.path("tools"), chat.putArray("tools"));
    return chat;
  }

  private static void user(JsonNode content, ArrayNode messages) {
    for (var block : content) {
      if (block.path("type").asText().equals("tool_result")) {
        var answer = messages.addObject().put("role", "tool");
        answer.set("tool_call_id", block.path("tool_use_id"));
        answer.set("content", block.path("content"));
      } else {
        messages.addObject().put("role", "user").set("content", block.path("text"));
      }
    }
  }

  private static void assistant(JsonNode content, ArrayNode messages) {
    var message = messages.addObject().put("role", "assistant");
    var text = new StringBuilder();
    var calls = JSON.createArrayNode();
    for (var block : content) {
      if (block.path("type").asText().equals("tool_use")) {
        var call = calls.addObject().put("type", "function");
        call.set("id", block.path("id"));
        var function = call.putObject("function");
        function.set("name", block.path("name"));
        function.put("arguments", block.path("input").toString());
      } else {
        text.append(block.path("text").asText());
      }
    }
    message.put("content", text.toString());
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
  }

  private static void tools(JsonNode tools, ArrayNode chat) {
    for (var tool : tools) {
      var function = chat.addObject().put("type", "function").putObject("function");
      function.set("name", tool.path("name"));
      function.set("description", tool.path("description"));
      function.set("parameters", tool.path("input_schema"));
    }
  }
}
