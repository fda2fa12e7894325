package mimo.agent.provider.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;

/// Looks at a schema part as one flat object: references followed, `allOf` joined, one branch of
/// each choice taken.
final class Schemas {

  private final JsonNode root;
  private final int branch;

  /// Views of the parts of `root`.
  ///
  /// @param branch which branch of a choice to take, counted from the first that is not null
  Schemas(JsonNode root, int branch) {
    this.root = root;
    this.branch = branch;
  }

  ObjectNode flat(JsonNode schema) {
    var flat = Json.object();
    join(flat, schema, 0);
    return flat;
  }

  private void join(ObjectNode flat, JsonNode schema, int depth) {
    if (!schema.isObject() || depth > AgentLimits.SCHEMA_DEPTH) {
      return;
    }
    for (var entry : schema.properties()) {
      switch (entry.getKey()) {
        case "$ref" -> join(flat, root.at(entry.getValue().asText().substring(1)), depth + 1);
        case "allOf" -> entry.getValue().forEach(member -> join(flat, member, depth + 1));
        case "anyOf", "oneOf" -> join(flat, chosen(entry.getValue()), depth + 1);
        default -> put(flat, entry.getKey(), entry.getValue());
      }
    }
  }

  private JsonNode chosen(JsonNode branches) {
    int start = 0;
    while (start + 1 < branches.size()
        && branches.get(start).path("type").asText().equals("null")) {
      start++;
    }
    return branches.get((start + branch) % branches.size());
  }

  /// The stricter of two bounds stays; properties and required names add up.
  private static void put(ObjectNode flat, String key, JsonNode value) {
    var known = flat.path(key);
    if (known instanceof ObjectNode object && value instanceof ObjectNode more) {
      var joined = object.deepCopy();
      joined.setAll(more);
      flat.set(key, joined);
    } else if (key.equals("required") && known instanceof ArrayNode list) {
      flat.set(key, list.deepCopy().addAll((ArrayNode) value));
    } else if (known.isNumber() && value.isNumber()) {
      boolean lower = key.toLowerCase(java.util.Locale.ROOT).contains("max");
      boolean smaller = value.decimalValue().compareTo(known.decimalValue()) < 0;
      flat.set(key, smaller == lower ? value : known);
    } else {
      flat.set(key, value);
    }
  }

  /// The type to build: the first named that is not null, else the one the other words speak of.
  static String type(JsonNode schema) {
    var type = schema.path("type");
    if (type.isTextual()) {
      return type.asText();
    }
    for (var name : type) {
      if (!name.asText().equals("null")) {
        return name.asText();
      }
    }
    if (type.size() > 0) {
      return "null";
    }
    if (schema.has("properties") || schema.has("required")) {
      return "object";
    }
    if (schema.has("items") || schema.has("prefixItems") || schema.has("minItems")) {
      return "array";
    }
    return schema.has("minimum") || schema.has("maximum") ? "number" : "string";
  }
}
