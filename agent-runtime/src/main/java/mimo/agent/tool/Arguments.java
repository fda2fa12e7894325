package mimo.agent.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import org.jspecify.annotations.Nullable;

/// A call's arguments, held against its tool's schema (A28, A42).
///
/// Only what tools of this room use is checked here: known names, types, required ones, bounds of
/// integers, and lists of objects. So the schema validator is not loaded for a mere `read`.
public sealed interface Arguments {

  /// They fit; camelCase names have become snake_case.
  record Fit(ObjectNode input) implements Arguments {}

  /// They do not, and the call must not run.
  ///
  /// @param fault for the model
  record Unfit(String fault) implements Arguments {}

  /// Holds `text`, as a model sent it, against `tool`. Nothing at all means `{}`.
  static Arguments read(ToolSpec tool, String text) {
    var parsed = parse(text);
    if (!(parsed instanceof Fit(var given))) {
      return parsed;
    }
    return fit(tool.name(), given, Json.parse(tool.schema()));
  }

  private static Arguments fit(String where, ObjectNode given, JsonNode schema) {
    var known = schema.path("properties");
    var input = Json.object();
    for (var entry : given.properties()) {
      var name = known.has(entry.getKey()) ? entry.getKey() : snakeCase(entry.getKey());
      if (!known.has(name)) {
        return new Unfit(unknown(where, entry.getKey(), known));
      }
      if (input.has(name) && !input.get(name).equals(entry.getValue())) {
        return new Unfit("'" + name + "' is given twice, with different values");
      }
      input.set(name, entry.getValue());
    }
    var fault = firstFault(input, schema);
    return fault == null ? fitItems(where, input, known) : new Unfit(where + ": " + fault);
  }

  /// Objects within lists are held against their schema as the arguments themselves are.
  private static Arguments fitItems(String where, ObjectNode input, JsonNode known) {
    for (var entry : input.properties()) {
      var items = known.path(entry.getKey()).path("items");
      if (!items.path("type").asText().equals("object")) {
        continue;
      }
      var fitting = JsonNodeFactory.instance.arrayNode();
      for (var item : entry.getValue()) {
        var place = where + ": " + entry.getKey() + "[" + fitting.size() + "]";
        if (!(item instanceof ObjectNode object)) {
          return new Unfit(place + " must be an object");
        }
        var held = fit(place, object, items);
        if (!(held instanceof Fit(var fit))) {
          return held;
        }
        fitting.add(fit);
      }
      input.set(entry.getKey(), fitting);
    }
    return new Fit(input);
  }

  /// Whether these can be read at all, whatever they are for.
  static boolean areReadable(String text) {
    return parse(text) instanceof Fit;
  }

  /// Reads the text alone, as an object of any shape.
  static Arguments parse(String text) {
    if (text.isBlank()) {
      return new Fit(Json.object());
    }
    if (text.length() > AgentLimits.ARGUMENT_CHARS) {
      return new Unfit(
          "the arguments have more than " + AgentLimits.ARGUMENT_CHARS + " characters");
    }
    try {
      return Json.parse(text) instanceof ObjectNode object
          ? new Fit(object)
          : new Unfit("the arguments must be a JSON object");
    } catch (IllegalArgumentException malformed) {
      return new Unfit(
          "the arguments are no complete JSON, so nothing was run: " + malformed.getMessage());
    }
  }

  private static @Nullable String firstFault(ObjectNode input, JsonNode schema) {
    for (var required : schema.path("required")) {
      if (!input.has(required.asText())) {
        return "'" + required.asText() + "' is missing";
      }
    }
    for (var entry : input.properties()) {
      var fault = fault(entry.getValue(), schema.path("properties").path(entry.getKey()));
      if (fault != null) {
        return "'" + entry.getKey() + "' " + fault;
      }
    }
    return null;
  }

  private static @Nullable String fault(JsonNode value, JsonNode schema) {
    var type = schema.path("type").asText();
    boolean fits =
        switch (type) {
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber() && value.canConvertToInt();
          case "boolean" -> value.isBoolean();
          case "array" -> value.isArray();
          default -> true;
        };
    if (!fits) {
      return "must be " + (type.matches("integer|array") ? "an " : "a ") + type;
    }
    if (schema.has("minimum") && value.asLong() < schema.get("minimum").asLong()) {
      return "must be at least " + schema.get("minimum");
    }
    if (schema.has("minItems") && value.size() < schema.get("minItems").asInt()) {
      return "must hold at least " + schema.get("minItems");
    }
    if (schema.has("maxItems") && value.size() > schema.get("maxItems").asInt()) {
      return "must hold at most " + schema.get("maxItems");
    }
    return null;
  }

  private static String unknown(String tool, String name, JsonNode known) {
    var names = new ArrayList<String>();
    for (Iterator<String> each = known.fieldNames(); each.hasNext(); ) {
      names.add(each.next());
    }
    return "%s has no argument '%s'; did you mean '%s'? It takes %s."
        .formatted(tool, name, nearest(snakeCase(name), names), String.join(", ", names));
  }

  private static String snakeCase(String name) {
    var snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (Character.isUpperCase(letter) && i > 0) {
        snake.append('_');
      }
      snake.append(letter);
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }

  /// The name that takes the fewest edits to reach; the first of equals.
  static String nearest(String wanted, List<String> names) {
    var best = "";
    int fewest = Integer.MAX_VALUE;
    for (var name : new TreeSet<>(names)) {
      int edits = edits(wanted, name);
      if (edits < fewest) {
        fewest = edits;
        best = name;
      }
    }
    return best;
  }

  private static int edits(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int swap = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
