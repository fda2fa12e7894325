package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.cli.config.ConfigSchema;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A78: schema and parser say yes and no to the same configurations. A validator that knows nothing
/// of mimo reads the schema.
final class ConfigurationSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILE = Repository.here().file("docs/reference/mimocode.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigSchema.text());

  /// One value of each kind a key could be given.
  private static final List<JsonNode> VALUES =
      List.of(
          JsonNodeFactory.instance.textNode("text"),
          JsonNodeFactory.instance.numberNode(1),
          JsonNodeFactory.instance.numberNode(0),
          JsonNodeFactory.instance.numberNode(-1),
          JsonNodeFactory.instance.numberNode(1.5),
          JsonNodeFactory.instance.numberNode(10_001),
          JsonNodeFactory.instance.numberNode(1_000_000_000),
          JsonNodeFactory.instance.booleanNode(true),
          JsonNodeFactory.instance.nullNode(),
          JsonNodeFactory.instance.arrayNode(),
          JsonNodeFactory.instance.objectNode());

  @Test
  void theFileIsMadeFromTheCode() throws IOException {
    if (System.getProperty("mimo.docs.write") != null) {
      Files.writeString(FILE, ConfigSchema.text());
    }

    assertEquals(ConfigSchema.text(), Repository.read(FILE));
  }

  /// Every key of the schema, and one beside each, with every kind of value.
  @Test
  void everyKeyTakesTheSameValuesInBoth() throws IOException {
    var paths = new ArrayList<List<String>>();
    collect(JSON.readTree(ConfigSchema.text()), List.of(), paths);
    int accepted = 0;
    int refused = 0;
    for (var path : paths) {
      for (var value : VALUES) {
        if (assertAgreed(at(path, value))) {
          accepted++;
        } else {
          refused++;
        }
      }
    }

    assertTrue(paths.size() > 80, "saw only " + paths.size() + " keys");
    assertTrue(accepted > 100 && refused > 200, accepted + " accepted, " + refused + " refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"provider\": {\"a\": {\"models\": {\"m\": {\"cost\": {\"input\": 1, \"output\": 0}}}}}}",
        "{\"provider\": {\"a\": {\"models\": {\"m\": {\"cost\": {\"input\": 1}}}}}}",
        "{\"provider\": {\"a\": {\"models\": {\"m\": {\"cost\": {\"output\": 1}}}}}}",
        "{\"provider\": {\"a\": {\"models\": {\"m\": {\"cost\": {}}}}}}",
        "{\"model_aliases\": {\"a\": {\"b\": \"c\"}}}",
        "{\"concurrency\": 8.0}",
        "{\"concurrency\": 1e3}",
        "[]",
        "7",
      })
  void theseAreJudgedAlike(String text) throws IOException {
    assertAgreed(JSON.readTree(text));
  }

  /// @return whether both accept it
  private static boolean assertAgreed(JsonNode configuration) {
    boolean schema = SCHEMA.validate(configuration).isEmpty();

    assertEquals(schema, parses(configuration.toString()), configuration.toString());
    return schema;
  }

  private static boolean parses(String text) {
    var environment = Map.of("MIMOCODE_CONFIG_CONTENT", text);
    var nowhere = Path.of("/nowhere");
    try {
      new ConfigurationFiles(Folders.of(environment, nowhere), environment, nowhere).read();
      return true;
    } catch (CommandException refused) {
      assertEquals("config_invalid", refused.failure().code());
      return false;
    }
  }

  private static void collect(JsonNode schema, List<String> path, List<List<String>> paths) {
    if (schema.has("properties") || schema.path("additionalProperties").isObject()) {
      paths.add(below(path, "unheard_of"));
    }
    for (var property : schema.path("properties").properties()) {
      var deeper = below(path, property.getKey());
      paths.add(deeper);
      collect(property.getValue(), deeper, paths);
    }
    if (schema.path("additionalProperties").isObject()) {
      collect(schema.path("additionalProperties"), below(path, "any name"), paths);
    }
  }

  private static List<String> below(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }

  private static JsonNode at(List<String> path, JsonNode value) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    var place = root;
    for (var name : path.subList(0, path.size() - 1)) {
      place = place.putObject(name);
    }
    place.set(path.getLast(), value);
    return root;
  }
}
