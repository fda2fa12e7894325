package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.json.Json;
import mimo.agent.message.Message;
import mimo.agent.session.ContentJson;

/// Messages as JSON that can be stored and read back.
final class KeptMessages {

  private KeptMessages() {}

  static ArrayNode write(List<Message> messages) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var message : messages) {
      switch (message) {
        case Message.User(var text) -> array.addObject().put("user", text);
        case Message.Model(var content) ->
            array.addObject().set("model", ContentJson.write(content));
        case Message.Tools(var answers) -> {
          var list = array.addObject().putArray("tools");
          answers.forEach(answer -> list.add(ContentJson.write(answer)));
        }
      }
    }
    return array;
  }

  /// @throws IllegalArgumentException if this is not what [#write] writes
  static List<Message> read(JsonNode array) {
    var messages = new ArrayList<Message>();
    for (var message : array) {
      if (message.has("user")) {
        messages.add(new Message.User(message.path("user").asText()));
      } else if (message.has("model")) {
        messages.add(new Message.Model(ContentJson.read(message.path("model"))));
      } else if (message.has("tools")) {
        var answers = new ArrayList<Message.ToolAnswer>();
        message.path("tools").forEach(answer -> answers.add(ContentJson.readAnswer(answer)));
        messages.add(new Message.Tools(answers));
      } else {
        throw new IllegalArgumentException("no message: " + Json.write(message));
      }
    }
    return messages;
  }
}
