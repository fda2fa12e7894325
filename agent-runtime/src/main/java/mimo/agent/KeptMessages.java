package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.engine.redaction.Placeholders;
import org.jspecify.annotations.Nullable;

/// Messages as JSON that can be stored and read back. What is read back may have been redacted in
/// between; a sealed piece that was is left out, for its provider would refuse it.
final class KeptMessages {

  private static final String TEXT = "text";

  private KeptMessages() {}

  static ArrayNode write(List<Message> messages) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var message : messages) {
      switch (message) {
        case Message.User(var text) -> array.addObject().put("user", text);
        case Message.Model(var content) -> writeModel(content, array.addObject());
        case Message.Tools(var answers) -> writeTools(answers, array.addObject());
      }
    }
    return array;
  }

  private static void writeModel(List<Content> content, ObjectNode message) {
    var pieces = message.putArray("model");
    for (var piece : content) {
      switch (piece) {
        case Content.Text(var text) -> pieces.addObject().put(TEXT, text);
        case Content.Reasoning(var text, var seal) -> {
          var reasoning = pieces.addObject().put("reasoning", text);
          if (seal != null) {
            reasoning.put("sealedBy", seal.provider()).put("seal", seal.block());
          }
        }
        case Content.ToolCall(var id, var tool, var arguments) ->
            pieces.addObject().put("call", id).put("tool", tool).put("arguments", arguments);
      }
    }
  }

  private static void writeTools(List<Message.ToolAnswer> answers, ObjectNode message) {
    var list = message.putArray("tools");
    for (var answer : answers) {
      list.addObject()
          .put("call", answer.call())
          .put(TEXT, answer.text())
          .put("status", answer.status().name().toLowerCase(Locale.ROOT));
    }
  }

  /// @throws IllegalArgumentException if this is not what [#write] writes
  static List<Message> read(JsonNode array) {
    var messages = new ArrayList<Message>();
    for (var message : array) {
      if (message.has("user")) {
        messages.add(new Message.User(message.path("user").asText()));
      } else if (message.has("model")) {
        messages.add(new Message.Model(readModel(message.path("model"))));
      } else if (message.has("tools")) {
        messages.add(new Message.Tools(readTools(message.path("tools"))));
      } else {
        throw new IllegalArgumentException("no message: " + Json.write(message));
      }
    }
    return messages;
  }

  private static List<Content> readModel(JsonNode pieces) {
    var content = new ArrayList<Content>();
    for (var piece : pieces) {
      if (piece.has("call")) {
        content.add(
            new Content.ToolCall(
                piece.path("call").asText(),
                piece.path("tool").asText(),
                piece.path("arguments").asText()));
      } else if (piece.has("reasoning")) {
        var text = piece.path("reasoning").asText();
        content.add(new Content.Reasoning(text, seal(piece, text)));
      } else {
        content.add(new Content.Text(piece.path(TEXT).asText()));
      }
    }
    return content;
  }

  private static Content.@Nullable Seal seal(JsonNode piece, String text) {
    var block = piece.path("seal").asText();
    boolean whole = !block.isEmpty() && !Placeholders.in(block) && !Placeholders.in(text);
    return whole ? new Content.Seal(piece.path("sealedBy").asText(), block) : null;
  }

  private static List<Message.ToolAnswer> readTools(JsonNode list) {
    var answers = new ArrayList<Message.ToolAnswer>();
    for (var answer : list) {
      answers.add(
          new Message.ToolAnswer(
              answer.path("call").asText(),
              answer.path(TEXT).asText(),
              Message.Status.valueOf(answer.path("status").asText().toUpperCase(Locale.ROOT))));
    }
    return answers;
  }
}
