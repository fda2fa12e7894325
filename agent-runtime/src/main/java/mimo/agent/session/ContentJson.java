package mimo.agent.session;

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
import mimo.engine.redaction.WordRemoval;
import org.jspecify.annotations.Nullable;

/// What models and tools say, as JSON that can be stored and read back. What is read back may have
/// been redacted in between; a sealed piece that was loses its seal, for its provider would refuse
/// it.
public final class ContentJson {

  private static final String TEXT = "text";

  private ContentJson() {}

  /// The pieces of a reply.
  public static ArrayNode write(List<Content> content) {
    var pieces = JsonNodeFactory.instance.arrayNode();
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
    return pieces;
  }

  /// What [#write] wrote.
  public static List<Content> read(JsonNode pieces) {
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
    boolean whole = !block.isEmpty() && isWhole(block) && isWhole(text);
    return whole ? new Content.Seal(piece.path("sealedBy").asText(), block) : null;
  }

  /// A seal fits only what nothing was taken from.
  private static boolean isWhole(String text) {
    return !Placeholders.in(text) && !WordRemoval.leftIn(text);
  }

  /// The answer to one call.
  public static ObjectNode write(Message.ToolAnswer answer) {
    return Json.object()
        .put("call", answer.call())
        .put(TEXT, answer.text())
        .put("status", answer.status().name().toLowerCase(Locale.ROOT));
  }

  /// What [#write(Message.ToolAnswer)] wrote.
  ///
  /// @throws IllegalArgumentException if its status is none
  public static Message.ToolAnswer readAnswer(JsonNode answer) {
    return new Message.ToolAnswer(
        answer.path("call").asText(),
        answer.path(TEXT).asText(),
        Message.Status.valueOf(answer.path("status").asText().toUpperCase(Locale.ROOT)));
  }
}
