package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Says in chat completions what a Responses request says, for models that know only those.
final class ResponsesAsChat {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ResponsesAsChat() {}

  static JsonNode translate(JsonNode request) {
    var chat = JSON.createObjectNode();
    chat.set("model", request.path("model"));
    var messages = chat.putArray("messages");
    if (request.has("instructions")) {
      messages.addObject().put("role", "system").set("content", request.path("instructions"));
    }
    ObjectNode assistant = null;
    for (var item : request.path("input")) {
      assistant = item(item, messages, assistant);
    }
    tools(request.path("tools"), chat.putArray("tools"));
    return chat;
  }

  /// Adds one item.
  ///
  /// @param assistant what the model is saying, if it is
  /// @return the same after the item
  private static @Nullable ObjectNode item(
      JsonNode item, ArrayNode messages, @Nullable ObjectNode assistant) {
    return switch (item.path("type").asText("message")) {
      case "function_call" -> {
        var said = assistant == null ? said(messages, "") : assistant;
        var call = said.withArray("tool_calls").addObject().put("type", "function");
        call.set("id", item.path("call_id"));
        var function = call.putObject("function");
        function.set("name", item.path("name"));
        function.set("arguments", item.path("arguments"));
        yield said;
      }
      case "function_call_output" -> {
        var answer = messages.addObject().put("role", "tool");
        answer.set("tool_call_id", item.path("call_id"));
        answer.set("content", item.path("output"));
        yield null;
      }
      case "reasoning" -> assistant;
      default -> {
        if (item.path("role").asText().equals("assistant")) {
          yield said(messages, item.path("content").asText());
        }
        messages.addObject().put("role", "user").set("content", item.path("content"));
        yield null;
      }
    };
  }

  private static ObjectNode said(ArrayNode messages, String text) {
    return messages.addObject().put("role", "assistant").put("content", text);
  }

  private static void tools(JsonNode tools, ArrayNode chat) {
    for (var tool : tools) {
      var function = chat.addObject().put("type", "function").putObject("function");
      function.set("name", tool.path("name"));
      function.set("description", tool.path("description"));
      function.set("parameters", tool.path("parameters"));
    }
  }
}
