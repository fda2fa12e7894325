package mimo.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import mimo.compose.ScriptFiles.ScriptFile;

/// A script file that a run has found while it ran, as its journal keeps it: whatever becomes of
/// the file later, a resumed run reads this.
///
/// @param name what errors call it
/// @param file the text, and where it was
/// @param argumentsSchema what its arguments must satisfy, as JSON text, if it says
public record ScriptText(String name, ScriptFile file, Optional<String> argumentsSchema) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public String toJson() {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("path", file.path())
            .put("location", file.location())
            .put("text", file.text());
    argumentsSchema.ifPresent(schema -> json.put("argumentsSchema", schema));
    return json.toString();
  }

  /// Reads what [#toJson] wrote.
  static ScriptText parse(String text) {
    try {
      var json = JSON.readTree(text);
      return new ScriptText(
          json.path("name").asText(),
          new ScriptFile(
              json.path("path").asText(),
              json.path("location").asText(),
              json.path("text").asText()),
          Optional.ofNullable(json.get("argumentsSchema")).map(JsonNode::asText));
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException("a script's text is no JSON: " + text, failure);
    }
  }
}
