package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;

/// Makes up a value that fits a JSON Schema, out of words it was given.
final class SchemaFiller {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 12;

  private final JsonNode root;
  private final List<String> words;
  private int next;

  /// @param words what texts are made of, in turn
  SchemaFiller(JsonNode schema, List<String> words) {
    this.root = schema;
    this.words = List.copyOf(words);
  }

  JsonNode fill() {
    return fill(root, 0);
  }

  private JsonNode fill(JsonNode schema, int depth) {
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.path("enum").size() > 0) {
      return schema.get("enum").get(next++ % schema.get("enum").size());
    }
    if (schema.has("default")) {
      return schema.get("default");
    }
    if (schema.has("$ref")) {
      return depth > DEEPEST
          ? NullNode.instance
          : fill(root.at(schema.get("$ref").asText().substring(1)), depth + 1);
    }
    for (var choice : List.of("anyOf", "oneOf", "allOf")) {
      if (schema.path(choice).size() > 0 && !schema.has("properties")) {
        return fill(schema.get(choice).get(0), depth + 1);
      }
    }
    return fillType(schema, depth);
  }

  private JsonNode fillType(JsonNode schema, int depth) {
    var type = schema.path("type");
    return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
      case "array" -> array(schema, depth);
      case "string" -> TextNode.valueOf(text(schema));
      case "integer", "number" -> number(schema);
      case "boolean" -> BooleanNode.TRUE;
      case "null" -> NullNode.instance;
      case "object" -> object(schema, depth);
      default -> schema.has("properties") ? object(schema, depth) : TextNode.valueOf(text(schema));
    };
  }

  private JsonNode object(JsonNode schema, int depth) {
    var object = NODES.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          if (depth < DEEPEST / 2 || required(schema, property.getKey())) {
            object.set(property.getKey(), fill(property.getValue(), depth + 1));
          }
        });
    for (var name : schema.path("required")) {
      if (!object.has(name.asText())) {
        object.put(name.asText(), word());
      }
    }
    return object;
  }

  private static boolean required(JsonNode schema, String name) {
    for (var wanted : schema.path("required")) {
      if (wanted.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private ArrayNode array(JsonNode schema, int depth) {
    int least = Math.max(1, schema.path("minItems").asInt(0));
    int most = schema.path("maxItems").asInt(Math.max(least, words.size()));
    var array = NODES.arrayNode();
    for (int i = 0; i < Math.min(most, Math.max(least, words.size())); i++) {
      array.add(fill(schema.path("items"), depth + 1));
    }
    return array;
  }

  private String text(JsonNode schema) {
    var text = new StringBuilder(word());
    while (text.length() < schema.path("minLength").asInt(0)) {
      text.append(" and on");
    }
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    return switch (schema.path("format").asText()) {
      case "date" -> "2026-01-02";
      case "date-time" -> "2026-01-02T12:00:00Z";
      case "uri" -> "https://example.com/";
      case "email" -> "someone@example.com";
      default -> text.substring(0, Math.min(most, text.length()));
    };
  }

  private static JsonNode number(JsonNode schema) {
    long least =
        schema.has("exclusiveMinimum")
            ? schema.get("exclusiveMinimum").asLong() + 1
            : schema.path("minimum").asLong(1);
    long most =
        schema.has("exclusiveMaximum")
            ? schema.get("exclusiveMaximum").asLong() - 1
            : schema.path("maximum").asLong(Long.MAX_VALUE);
    long step = Math.max(1, schema.path("multipleOf").asLong(1));
    long value = Math.ceilDiv(Math.min(Math.max(least, 1), most), step) * step;
    if (schema.path("type").asText().equals("number") && schema.path("maximum").asDouble(1) < 1) {
      return DecimalNode.valueOf(BigDecimal.valueOf(schema.get("maximum").asDouble()));
    }
    return LongNode.valueOf(value);
  }

  private String word() {
    return words.isEmpty() ? "nothing was read" : words.get(next++ % words.size());
  }
}
