package mimo.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.engine.journal.CanonicalJson;
import mimo.engine.journal.Digests;

/// What a server says of one of its tools.
///
/// @param name as the server calls it
/// @param schema of its arguments, as JSON text
/// @param effect what the server declares: it may be lying
/// @param whole everything it says, in the one form that JSON has
public record ToolDescription(
    String name, String description, String schema, Effect effect, String whole) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

  /// Reads what a server says.
  ///
  /// @throws IllegalArgumentException saying why a tool like this is not used
  static ToolDescription read(JsonNode said) {
    var name = said.path("name").asText();
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a tool has the name " + ForeignText.quoted(name, 60) + ", which is none");
    }
    var schema = said.path("inputSchema");
    if (!schema.isObject() || !schema.path("type").asText("object").equals("object")) {
      throw new IllegalArgumentException("the arguments of the tool " + name + " are no object");
    }
    var whole = Json.object().put("name", name);
    for (var part : new String[] {"title", "description", "inputSchema", "annotations"}) {
      if (said.has(part)) {
        whole.set(part, said.get(part));
      }
    }
    var text = CanonicalJson.of(Json.write(whole));
    if (text.length() > McpLimits.TOOL_CHARS) {
      throw new IllegalArgumentException(
          "the tool %s is described in more than %d characters"
              .formatted(name, McpLimits.TOOL_CHARS));
    }
    boolean reads = said.path("annotations").path("readOnlyHint").asBoolean(false);
    return new ToolDescription(
        name,
        said.path("description").asText(),
        Json.write(schema),
        reads ? Effect.READS : Effect.CHANGES,
        text);
  }

  /// The digest of everything the server says of it.
  public String hash() {
    return Digests.hex(whole);
  }
}
