package mimo.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.json.Json;

/// What a server answers, as text for a model: what is no text is named and measured, and nothing
/// it links to is fetched.
final class McpContent {

  private McpContent() {}

  /// The result of a tool. What stands in it twice, as text and as structure, is shown once.
  static String ofResult(JsonNode result) {
    var parts = new ArrayList<String>();
    for (var each : result.path("content")) {
      parts.add(block(each));
    }
    var structured = result.path("structuredContent");
    if (structured.isObject() && !isThere(structured, result.path("content"))) {
      parts.add(ForeignText.visible(Json.write(structured)));
    }
    return parts.isEmpty() ? "(nothing)" : String.join("\n", parts);
  }

  private static boolean isThere(JsonNode structured, JsonNode content) {
    for (var each : content) {
      try {
        if (Json.parse(each.path("text").asText()).equals(structured)) {
          return true;
        }
      } catch (IllegalArgumentException plainText) {
        // It is no JSON, so it is not the same.
      }
    }
    return false;
  }

  /// One piece of content.
  static String block(JsonNode block) {
    return switch (block.path("type").asText()) {
      case "text" -> ForeignText.visible(block.path("text").asText());
      case "image", "audio" ->
          "(%s: %s, %d bytes, not shown)"
              .formatted(
                  block.path("type").asText(),
                  ForeignText.quoted(block.path("mimeType").asText("?"), 60),
                  bytes(block.path("data").asText()));
      case "resource" -> resource(block.path("resource"));
      case "resource_link" ->
          "(resource %s: %s)"
              .formatted(
                  ForeignText.quoted(block.path("uri").asText(), 500),
                  ForeignText.quoted(block.path("name").asText(), 200));
      default -> "(content of an unknown kind: " + ForeignText.quoted(Json.write(block), 200) + ")";
    };
  }

  /// What a resource holds.
  static String resource(JsonNode resource) {
    var uri = ForeignText.quoted(resource.path("uri").asText(), 500);
    return resource.has("text")
        ? "resource " + uri + ":\n" + ForeignText.visible(resource.path("text").asText())
        : "(resource %s: %s, %d bytes, not shown)"
            .formatted(
                uri,
                ForeignText.quoted(resource.path("mimeType").asText("?"), 60),
                bytes(resource.path("blob").asText()));
  }

  private static long bytes(String base64) {
    return base64.length() * 3L / 4;
  }

  /// Resources that were read.
  static String ofResources(JsonNode result) {
    var parts = new ArrayList<String>();
    result.path("contents").forEach(each -> parts.add(resource(each)));
    return parts.isEmpty() ? "(nothing)" : String.join("\n", parts);
  }

  /// A prompt, with who says what in it.
  static String ofPrompt(JsonNode result) {
    List<String> parts = new ArrayList<>();
    for (var message : result.path("messages")) {
      var role = message.path("role").asText().equals("assistant") ? "assistant" : "user";
      parts.add(role + ": " + block(message.path("content")));
    }
    return parts.isEmpty() ? "(nothing)" : String.join("\n", parts);
  }
}
