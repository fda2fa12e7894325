package mimo.agent.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for parts of a schema that no value can satisfy (L91), so that nobody pays a model for
/// trying. It finds the contradictions authors make; it does not decide satisfiability.
///
/// A part is held together with everything that judges the same value without a choice: the members
/// of its `allOf` and the targets of its `$ref`.
final class Contradictions {

  private static final Set<String> ALL_TYPES =
      Set.of("null", "boolean", "object", "array", "number", "integer", "string");

  // What lies below a `not` is meant to be unsatisfied.
  private static final Pattern UNDER_NOT = Pattern.compile("/not(/|$)");

  private final SchemaTree tree;

  private Contradictions(SchemaTree tree) {
    this.tree = tree;
  }

  static void refuse(SchemaTree tree) throws SchemaFaultException {
    new Contradictions(tree).refuse();
  }

  private void refuse() throws SchemaFaultException {
    if (tree.root().isBoolean() && !tree.root().asBoolean()) {
      throw new SchemaFaultException("", "'false' allows no value");
    }
    for (var part : tree.parts().entrySet()) {
      if (part.getValue().isObject() && !UNDER_NOT.matcher(part.getKey()).find()) {
        var fault = fault(together(part.getValue()));
        if (fault != null) {
          throw new SchemaFaultException(part.getKey(), fault);
        }
      }
    }
  }

  private List<JsonNode> together(JsonNode schema) {
    var found = Collections.<JsonNode>newSetFromMap(new IdentityHashMap<>());
    var list = new ArrayList<JsonNode>();
    gather(schema, found, list);
    return list;
  }

  private void gather(JsonNode schema, Set<JsonNode> found, List<JsonNode> into) {
    if (!found.add(schema)) {
      return;
    }
    into.add(schema);
    schema.path("allOf").forEach(member -> gather(member, found, into));
    if (schema.has("$ref")) {
      gather(tree.target(schema), found, into);
    }
  }

  private static @Nullable String fault(List<JsonNode> schemas) {
    var types = types(schemas);
    if (types.isEmpty()) {
      return "its types exclude each other";
    }
    for (var schema : schemas) {
      var not = schema.path("not");
      if (not.isBoolean() ? not.asBoolean() : not.isObject() && not.isEmpty()) {
        return "'not' excludes every value";
      }
    }
    var fault = countsFault(schemas);
    fault = fault == null ? boundsFault(schemas, types) : fault;
    fault = fault == null ? choiceFault(schemas, types) : fault;
    return fault == null ? requiredFault(schemas) : fault;
  }

  /// The types all of `schemas` allow.
  static Set<String> types(List<JsonNode> schemas) {
    var allowed = new TreeSet<>(ALL_TYPES);
    for (var schema : schemas) {
      var named = new TreeSet<String>();
      var type = schema.path("type");
      if (type.isTextual()) {
        named.add(type.asText());
      }
      type.forEach(name -> named.add(name.asText()));
      if (named.contains("number")) {
        named.add("integer");
      }
      if (schema.has("type")) {
        allowed.retainAll(named);
      }
    }
    return allowed;
  }

  private static @Nullable String countsFault(List<JsonNode> schemas) {
    for (var what : List.of("Length", "Items", "Properties")) {
      long least = 0;
      long most = Long.MAX_VALUE;
      for (var schema : schemas) {
        least = Math.max(least, schema.path("min" + what).asLong(0));
        most = Math.min(most, schema.path("max" + what).asLong(Long.MAX_VALUE));
        var rest = schema.path("items");
        if (what.equals("Items") && rest.isBoolean() && !rest.asBoolean()) {
          most = Math.min(most, schema.path("prefixItems").size());
        }
      }
      if (least > most) {
        return "min%s %d is more than %d, the most allowed".formatted(what, least, most);
      }
    }
    return null;
  }

  private static @Nullable String boundsFault(List<JsonNode> schemas, Set<String> types) {
    BigDecimal low = null;
    BigDecimal high = null;
    boolean open = false;
    for (var schema : schemas) {
      for (var name : List.of("minimum", "exclusiveMinimum")) {
        var bound = schema.path(name);
        if (bound.isNumber() && (low == null || bound.decimalValue().compareTo(low) >= 0)) {
          low = bound.decimalValue();
        }
      }
      for (var name : List.of("maximum", "exclusiveMaximum")) {
        var bound = schema.path(name);
        if (bound.isNumber() && (high == null || bound.decimalValue().compareTo(high) <= 0)) {
          high = bound.decimalValue();
        }
      }
    }
    if (low == null || high == null) {
      return null;
    }
    for (var schema : schemas) {
      open |= isAt(schema.path("exclusiveMinimum"), low);
      open |= isAt(schema.path("exclusiveMaximum"), high);
    }
    int order = low.compareTo(high);
    boolean crossing = order > 0 || (order == 0 && open);
    boolean noInteger =
        types.contains("integer")
            && !types.contains("number")
            && low.setScale(0, RoundingMode.CEILING).compareTo(high) > 0;
    return crossing || noInteger
        ? "no " + (noInteger ? "integer" : "number") + " lies between " + low + " and " + high
        : null;
  }

  private static boolean isAt(JsonNode bound, BigDecimal value) {
    return bound.isNumber() && bound.decimalValue().compareTo(value) == 0;
  }

  private static @Nullable String choiceFault(List<JsonNode> schemas, Set<String> types) {
    List<JsonNode> choices = null;
    for (var schema : schemas) {
      var here = new ArrayList<JsonNode>();
      schema.path("enum").forEach(here::add);
      if (schema.has("const")) {
        here.retainAll(List.of(schema.get("const")));
        if (!schema.has("enum")) {
          here.add(schema.get("const"));
        }
      }
      if (!schema.has("enum") && !schema.has("const")) {
        continue;
      }
      if (choices == null) {
        choices = here;
      } else {
        choices.retainAll(here);
      }
    }
    if (choices == null || choices.stream().anyMatch(choice -> types.contains(typeOf(choice)))) {
      return null;
    }
    return "no value of enum and const is left";
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.decimalValue().stripTrailingZeros().scale() <= 0 ? "integer" : "number";
      case NULL, BINARY, MISSING, POJO -> "null";
    };
  }

  private static @Nullable String requiredFault(List<JsonNode> schemas) {
    for (var requiring : schemas) {
      for (var name : requiring.path("required")) {
        for (var schema : schemas) {
          if (rulesOut(schema, name.asText())) {
            return "'" + name.asText() + "' is required and ruled out";
          }
        }
      }
    }
    return null;
  }

  private static boolean rulesOut(JsonNode schema, String name) {
    var property = schema.path("properties").path(name);
    if (!property.isMissingNode()) {
      return property.isBoolean() && !property.asBoolean();
    }
    var others = schema.path("additionalProperties");
    if (!others.isBoolean() || others.asBoolean()) {
      return false;
    }
    for (var entry : schema.path("patternProperties").properties()) {
      if (LinearPattern.compile(entry.getKey()).matches(name)) {
        return false;
      }
    }
    return true;
  }
}
