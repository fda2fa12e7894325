package mimo.agent.output;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import mimo.agent.AgentLimits;

/// A schema whose every part has the shape JSON Schema gives it (L88): known types, numbers where
/// numbers belong, patterns that compile, references that lead somewhere inside.
final class SchemaTree {

  private static final Set<String> TYPES =
      Set.of("null", "boolean", "object", "array", "number", "integer", "string");
  private static final Set<String> ONE_SCHEMA =
      Set.of(
          "items",
          "additionalProperties",
          "not",
          "if",
          "then",
          "else",
          "contains",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> SCHEMA_LIST = Set.of("prefixItems", "anyOf", "oneOf", "allOf");
  private static final Set<String> SCHEMA_MAP =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");
  private static final Set<String> NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
  private static final Set<String> COUNTS =
      Set.of(
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "minContains",
          "maxContains");
  // They move the base that references start from, which a small schema never needs.
  private static final Set<String> REFUSED =
      Set.of("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary");

  private final JsonNode root;
  private final Map<String, JsonNode> parts = new LinkedHashMap<>();

  private SchemaTree(JsonNode root) {
    this.root = root;
  }

  static SchemaTree read(JsonNode root) throws SchemaFaultException {
    var tree = new SchemaTree(root);
    tree.visit(root, "", 0);
    tree.checkTargets();
    return tree;
  }

  JsonNode root() {
    return root;
  }

  /// Every schema in it by its pointer, outer ones first.
  Map<String, JsonNode> parts() {
    return parts;
  }

  /// The schema a checked `$ref` leads to.
  JsonNode target(JsonNode schema) {
    return root.at(schema.path("$ref").asText().substring(1));
  }

  /// The schemas that judge the same value as `schema` does.
  List<JsonNode> onSameValue(JsonNode schema) {
    var same = new ArrayList<JsonNode>();
    for (var list : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(list).forEach(same::add);
    }
    for (var one : List.of("not", "if", "then", "else")) {
      if (schema.has(one)) {
        same.add(schema.get(one));
      }
    }
    if (schema.has("$ref")) {
      same.add(target(schema));
    }
    return same;
  }

  private void checkTargets() throws SchemaFaultException {
    Set<JsonNode> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(parts.values());
    for (var part : parts.entrySet()) {
      var schema = part.getValue();
      require(
          !schema.has("$ref") || known.contains(target(schema)),
          part.getKey(),
          schema.path("$ref") + " leads to no schema");
    }
  }

  private void visit(JsonNode schema, String at, int depth) throws SchemaFaultException {
    if (depth > AgentLimits.SCHEMA_DEPTH) {
      throw new SchemaFaultException(
          at, "nests deeper than " + AgentLimits.SCHEMA_DEPTH + " levels");
    }
    if (!schema.isObject() && !schema.isBoolean()) {
      throw new SchemaFaultException(at, "must be an object or a boolean, found " + schema);
    }
    parts.put(at, schema);
    for (var entry : schema.properties()) {
      keyword(entry.getKey(), entry.getValue(), at, depth);
    }
  }

  private void keyword(String name, JsonNode value, String at, int depth)
      throws SchemaFaultException {
    var here = at + "/" + escaped(name);
    if (REFUSED.contains(name)) {
      throw new SchemaFaultException(at, "'" + name + "' is not supported; use $defs and $ref");
    } else if (ONE_SCHEMA.contains(name)) {
      visit(value, here, depth + 1);
    } else if (SCHEMA_LIST.contains(name)) {
      require(value.isArray() && !value.isEmpty(), here, "must be a list of schemas, not empty");
      for (int i = 0; i < value.size(); i++) {
        visit(value.get(i), here + "/" + i, depth + 1);
      }
    } else if (SCHEMA_MAP.contains(name)) {
      require(value.isObject(), here, "must be an object of schemas");
      for (var entry : value.properties()) {
        visit(entry.getValue(), here + "/" + escaped(entry.getKey()), depth + 1);
        if (name.equals("patternProperties")) {
          pattern(entry.getKey(), here);
        }
      }
    } else {
      plainKeyword(name, value, here);
    }
  }

  private void plainKeyword(String name, JsonNode value, String here) throws SchemaFaultException {
    if (NUMBERS.contains(name)) {
      require(value.isNumber(), here, "must be a number, found " + value);
      require(
          !name.equals("multipleOf") || value.decimalValue().signum() > 0,
          here,
          "must be more than 0, found " + value);
    } else if (COUNTS.contains(name)) {
      require(
          value.isIntegralNumber() && value.asLong() >= 0,
          here,
          "must be a whole number from 0, found " + value);
    }
    switch (name) {
      case "type" -> types(value, here);
      case "enum" ->
          require(value.isArray() && !value.isEmpty(), here, "must be a list, not empty");
      case "required" ->
          require(
              value.isArray() && all(value, JsonNode::isTextual), here, "must be a list of names");
      case "uniqueItems" -> require(value.isBoolean(), here, "must be true or false");
      case "pattern" -> {
        require(value.isTextual(), here, "must be a string");
        pattern(value.asText(), here);
      }
      case "$ref" -> reference(value, here);
      default -> {
        // Words we do not know are annotations, as JSON Schema has it.
      }
    }
  }

  private static void types(JsonNode value, String here) throws SchemaFaultException {
    var names = value.isArray() ? value : List.of(value);
    require(!value.isArray() || !value.isEmpty(), here, "must name at least one type");
    for (var name : names) {
      require(
          name.isTextual() && TYPES.contains(name.asText()),
          here,
          name + " is no type; types are null, boolean, object, array, number, integer, string");
    }
  }

  private static void pattern(String text, String here) throws SchemaFaultException {
    try {
      LinearPattern.compile(text);
    } catch (IllegalArgumentException unusable) {
      throw new SchemaFaultException(here, String.valueOf(unusable.getMessage()));
    }
  }

  private static void reference(JsonNode value, String here) throws SchemaFaultException {
    var text = value.asText();
    require(
        value.isTextual() && (text.equals("#") || text.startsWith("#/")),
        here,
        value + " leads out of the schema; only '#/…' is followed, nothing is ever fetched");
    try {
      JsonPointer.compile(text.substring(1));
    } catch (IllegalArgumentException malformed) {
      throw new SchemaFaultException(here, value + " is no JSON Pointer");
    }
  }

  private static boolean all(JsonNode list, Predicate<JsonNode> test) {
    for (var node : list) {
      if (!test.test(node)) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds, String at, String message)
      throws SchemaFaultException {
    if (!holds) {
      throw new SchemaFaultException(at, message);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
