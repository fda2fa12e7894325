package mimo.agent.provider.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import mimo.agent.tool.ToolSpec;

/// Puts the schemas of tools into requests.
public final class ToolSchemas {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ToolSchemas() {}

  /// Writes the schema of `tool` where `json` stands.
  ///
  /// @throws IllegalArgumentException if it is not JSON
  public static void copy(ToolSpec tool, JsonGenerator json) {
    try (var schema = FACTORY.createParser(tool.schema())) {
      schema.nextToken();
      json.copyCurrentStructure(schema);
    } catch (IOException broken) {
      throw new IllegalArgumentException(
          "the schema of tool '" + tool.name() + "' must be JSON: " + tool.schema(), broken);
    }
  }
}
