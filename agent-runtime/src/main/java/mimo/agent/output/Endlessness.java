package mimo.agent.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Finds references that never come to an end (L91): a schema that judges a value by asking itself
/// about the same value, and one whose every value would have to hold another of its own kind.
final class Endlessness {

  private final SchemaTree tree;
  private final Set<JsonNode> closed = identitySet();
  private final Set<JsonNode> open = identitySet();

  private Endlessness(SchemaTree tree) {
    this.tree = tree;
  }

  /// Two equal schemas in two places are two.
  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  static void refuseCircles(SchemaTree tree) throws SchemaFaultException {
    var search = new Endlessness(tree);
    for (var part : tree.parts().entrySet()) {
      search.follow(part.getValue(), part.getKey());
    }
  }

  private void follow(JsonNode schema, String at) throws SchemaFaultException {
    if (!schema.isObject() || closed.contains(schema)) {
      return;
    }
    if (!open.add(schema)) {
      throw new SchemaFaultException(at, "$ref leads back to itself without end");
    }
    for (var next : tree.onSameValue(schema)) {
      follow(next, at);
    }
    open.remove(schema);
    closed.add(schema);
  }

  /// Grows the set of schemas that have some finite value until nothing is added. The root must be
  /// in it.
  static void refuseBottomless(SchemaTree tree) throws SchemaFaultException {
    var finite = Endlessness.<JsonNode>identitySet();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (var schema : tree.parts().values()) {
        if (!finite.contains(schema) && isFinite(tree, schema, finite)) {
          grew = finite.add(schema);
        }
      }
    }
    if (!finite.contains(tree.root())) {
      throw new SchemaFaultException("", "$ref asks for a value inside a value without end");
    }
  }

  private static boolean isFinite(SchemaTree tree, JsonNode schema, Set<JsonNode> finite) {
    if (schema.isBoolean()) {
      return schema.asBoolean();
    }
    if (schema.has("$ref") && !finite.contains(tree.target(schema))) {
      return false;
    }
    for (var member : schema.path("allOf")) {
      if (!finite.contains(member)) {
        return false;
      }
    }
    return hasFinite(schema.path("anyOf"), finite)
        && hasFinite(schema.path("oneOf"), finite)
        && contentsFinite(schema, finite);
  }

  private static boolean hasFinite(JsonNode choices, Set<JsonNode> finite) {
    for (var choice : choices) {
      if (finite.contains(choice)) {
        return true;
      }
    }
    return choices.isMissingNode();
  }

  /// What a value must hold matters only if it must be an object or a list.
  private static boolean contentsFinite(JsonNode schema, Set<JsonNode> finite) {
    var types = Contradictions.types(List.of(schema));
    if (types.equals(Set.of("object"))) {
      for (var name : schema.path("required")) {
        var property = schema.path("properties").path(name.asText());
        if (!property.isMissingNode() && !finite.contains(property)) {
          return false;
        }
      }
    }
    if (types.equals(Set.of("array"))) {
      int least = schema.path("minItems").asInt(0);
      var first = schema.path("prefixItems");
      for (int i = 0; i < Math.min(least, first.size()); i++) {
        if (!finite.contains(first.get(i))) {
          return false;
        }
      }
      var rest = schema.path("items");
      return least <= first.size() || rest.isMissingNode() || finite.contains(rest);
    }
    return true;
  }
}
