package mimo.agent.provider.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.regex.Pattern;
import mimo.agent.json.Json;
import mimo.agent.output.AnswerSchema;

/// Builds the value a schema asks for out of what was found (A23).
///
/// Constants, choices and defaults come first; text is an excerpt that suits the property's name;
/// lists hold one item for each file read; everything else is the least that is legal. The value is
/// checked like any model's. If the generous one does not fit, the one with required parts only is
/// tried, and other branches of a choice.
final class AnswerMaker {

  private static final int DEPTH_OF_OPTIONAL_PARTS = 5;
  private static final int BRANCHES = 4;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  // Lists whose names speak of something files do not say of themselves: better empty than wrong.
  private static final Pattern NOT_OF_FILES =
      Pattern.compile("(?i).*(depend|import|export|require|tag|keyword|language|licen[sc]e).*");

  private enum Generosity {
    EVERYTHING,
    REQUIRED_ONLY
  }

  private final Schemas schemas;
  private final Findings findings;
  private final Generosity generosity;

  private AnswerMaker(Schemas schemas, Findings findings, Generosity generosity) {
    this.schemas = schemas;
    this.findings = findings;
    this.generosity = generosity;
  }

  static Optional<JsonNode> make(JsonNode schema, Findings findings) {
    if (!(AnswerSchema.read(schema) instanceof AnswerSchema.Reading.Usable(var check))) {
      return Optional.empty();
    }
    for (int branch = 0; branch < BRANCHES; branch++) {
      for (var generosity : Generosity.values()) {
        var maker = new AnswerMaker(new Schemas(schema, branch), findings, generosity);
        var value = maker.value(schema, new Place("", null, 0));
        if (check.faults(value).isEmpty()) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  private JsonNode value(JsonNode given, Place place) {
    var schema = schemas.flat(given);
    for (var fixed : new String[] {"const", "default"}) {
      if (schema.has(fixed)) {
        return schema.get(fixed);
      }
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (Schemas.type(schema)) {
      case "object" -> object(schema, place);
      case "array" -> list(schema, place);
      case "integer" -> NODES.numberNode(number(schema, true).toBigInteger());
      case "number" -> NODES.numberNode(number(schema, false));
      case "boolean" -> NODES.booleanNode(false);
      case "null" -> NODES.nullNode();
      default -> NODES.textNode(new Wording(findings, place).text(schema));
    };
  }

  private JsonNode object(JsonNode schema, Place place) {
    var object = Json.object();
    var required = new LinkedHashSet<String>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    boolean generous =
        generosity == Generosity.EVERYTHING && place.depth() < DEPTH_OF_OPTIONAL_PARTS;
    for (var property : schema.path("properties").properties()) {
      if (generous || required.contains(property.getKey())) {
        put(object, property.getKey(), property.getValue(), place);
      }
    }
    for (var name : required) {
      if (!object.has(name)) {
        put(object, name, Json.object(), place);
      }
    }
    return object;
  }

  private void put(ObjectNode object, String name, JsonNode schema, Place place) {
    if (!schema.isBoolean() || schema.asBoolean()) {
      object.set(name, value(schema, place.at(name)));
    }
  }

  private JsonNode list(JsonNode schema, Place place) {
    var items = new LinkedHashSet<JsonNode>();
    var list = NODES.arrayNode();
    schema.path("prefixItems").forEach(item -> list.add(value(item, place.below())));
    int least = schema.path("minItems").asInt(0);
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    var item = schema.path("items");
    boolean open = !item.isBoolean() || item.asBoolean();
    boolean ofFiles = !NOT_OF_FILES.matcher(place.name()).matches();
    if (open && ofFiles && place.file() == null && holdsFindings(item)) {
      for (var excerpt : findings.excerpts()) {
        items.add(value(item.isMissingNode() ? Json.object() : item, place.about(excerpt)));
      }
    }
    for (var each : items) {
      if (list.size() < most) {
        list.add(each);
      }
    }
    while (open && list.size() < least) {
      var filler = item.isMissingNode() ? Json.object() : item;
      list.add(value(filler, place.below().number(list.size() + 1)));
    }
    return list;
  }

  /// Numbers and truth values cannot be found in a text.
  private boolean holdsFindings(JsonNode item) {
    var schema = schemas.flat(item);
    if (schema.has("enum") || schema.has("const")) {
      return false;
    }
    return switch (Schemas.type(schema)) {
      case "object", "string" -> true;
      default -> false;
    };
  }

  /// The legal number nearest to 0.
  private static BigDecimal number(JsonNode schema, boolean whole) {
    var step =
        schema.path("multipleOf").isNumber()
            ? schema.get("multipleOf").decimalValue()
            : whole ? BigDecimal.ONE : new BigDecimal("0.001");
    var value = BigDecimal.ZERO;
    for (var bound : new String[] {"minimum", "exclusiveMinimum"}) {
      if (schema.path(bound).isNumber()) {
        value = value.max(above(schema.get(bound).decimalValue(), step, bound));
      }
    }
    for (var bound : new String[] {"maximum", "exclusiveMaximum"}) {
      if (schema.path(bound).isNumber()) {
        var negated = schema.get(bound).decimalValue().negate();
        value = value.min(above(negated, step, bound).negate());
      }
    }
    return value;
  }

  /// The first multiple of `step` from `bound` on, or beyond it where the bound is exclusive.
  private static BigDecimal above(BigDecimal bound, BigDecimal step, String name) {
    var multiple = bound.divide(step, 0, RoundingMode.CEILING).multiply(step);
    return name.startsWith("exclusive") && multiple.compareTo(bound) == 0
        ? multiple.add(step)
        : multiple;
  }
}
