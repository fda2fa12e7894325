package mimo.cli.config;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mimo.agent.AgentLimits;
import mimo.cli.config.ConfigKey.Presence;
import mimo.cli.terminal.JsonText;

/// The JSON Schema of the configuration, made from the table the parser follows.
public final class ConfigSchema {

  private ConfigSchema() {}

  /// The schema, laid out for people.
  public static String text() {
    return JsonText.pretty(
            JsonText.of(json -> {
              json.writeStartObject();
              json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
              json.writeStringField("title", "Configuration of mimo");
              writeDefinitions(json);
              writeObject(json, List.of());
              json.writeEndObject();
            }))
        + "\n";
  }

  /// The members of a schema for the object at `path`, which may hold `*`.
  private static void writeObject(JsonGenerator json, List<String> path) throws IOException {
    json.writeStringField("type", "object");
    var names = names(path);
    var other = names.contains(ConfigKey.ANY);
    names.remove(ConfigKey.ANY);
    if (!names.isEmpty()) {
      json.writeObjectFieldStart("properties");
      for (var name : names) {
        json.writeObjectFieldStart(name);
        writeValue(json, below(path, name));
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    writeRequired(json, path);
    writeNames(json, path);
    if (other) {
      json.writeObjectFieldStart("additionalProperties");
      writeValue(json, below(path, ConfigKey.ANY));
      json.writeEndObject();
    } else {
      json.writeBooleanField("additionalProperties", false);
    }
  }

  private static void writeNames(JsonGenerator json, List<String> path) throws IOException {
    if (ConfigKeys.namesAreFixed(path)) {
      json.writeObjectFieldStart("propertyNames");
      json.writeArrayFieldStart("enum");
      for (var name : ConfigKeys.namesIn(path)) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeEndObject();
    } else if (path.size() == 2 && ConfigKeys.namesAreFixed(path.subList(0, 1))) {
      json.writeObjectFieldStart("propertyNames");
      json.writeStringField("pattern", "\\S");
      json.writeEndObject();
    }
  }

  private static void writeRequired(JsonGenerator json, List<String> path) throws IOException {
    var required =
        ConfigKeys.ALL.stream()
            .filter(key -> key.presence() == Presence.REQUIRED && parent(key.path()).equals(path))
            .map(key -> key.path().getLast())
            .toList();
    if (!required.isEmpty()) {
      json.writeArrayFieldStart("required");
      for (var name : required) {
        json.writeString(name);
      }
      json.writeEndArray();
    }
  }

  private static void writeValue(JsonGenerator json, List<String> path) throws IOException {
    if (ConfigKeys.NOT_YET.contains(path)) {
      json.writeStringField("description", "Not implemented yet: ignored, with a notice.");
      return;
    }
    var key = key(path);
    if (key.isEmpty()) {
      writeObject(json, path);
      return;
    }
    json.writeStringField("description", key.get().about());
    if (names(path).isEmpty()) {
      writeLeaf(json, key.get());
      return;
    }
    json.writeArrayFieldStart("type");
    json.writeString(key.get().kind() instanceof ValueKind.Flag ? "boolean" : "string");
    json.writeString("object");
    json.writeEndArray();
    json.writeArrayFieldStart("anyOf");
    json.writeStartObject();
    writeLeaf(json, key.get());
    json.writeEndObject();
    json.writeStartObject();
    writeObject(json, path);
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeLeaf(JsonGenerator json, ConfigKey key) throws IOException {
    switch (key.kind()) {
      case ValueKind.Text(), ValueKind.Secret() -> json.writeStringField("type", "string");
      case ValueKind.Choice(var words) -> {
        json.writeStringField("type", "string");
        json.writeArrayFieldStart("enum");
        for (var word : words) {
          json.writeString(word);
        }
        json.writeEndArray();
      }
      case ValueKind.Shaped(var shape, var wanted) -> {
        json.writeStringField("type", "string");
        json.writeStringField("pattern", "^(" + shape + ")$");
      }
      case ValueKind.Time() -> {
        json.writeStringField("type", "string");
        json.writeStringField("pattern", "^(" + Span.SHAPE + ")$");
      }
      case ValueKind.Whole(int least, int most) -> {
        json.writeStringField("type", "integer");
        json.writeNumberField("minimum", least);
        json.writeNumberField("maximum", most);
      }
      case ValueKind.Dollars() -> {
        json.writeStringField("type", "number");
        json.writeNumberField("minimum", 0);
      }
      case ValueKind.Hooks _ -> {
        json.writeStringField("type", "array");
        json.writeStringField("$ref", "#/$defs/hooks");
      }
      case ValueKind.Words() -> {
        json.writeStringField("type", "array");
        json.writeNumberField("minItems", 1);
        json.writeObjectFieldStart("items");
        json.writeStringField("type", "string");
        json.writeNumberField("minLength", 1);
        json.writeEndObject();
      }
      case ValueKind.Flag() -> json.writeStringField("type", "boolean");
      case ValueKind.Empty() -> throw new IllegalStateException("no key is an empty object");
    }
  }

  /// What several keys take, written once.
  private static void writeDefinitions(JsonGenerator json) throws IOException {
    json.writeFieldName("$defs");
    JsonText.copy(
        """
        {"hooks": {"maxItems": %d, "items": {"type": "object", "required": ["command"],
          "properties": {
            "command": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "tool": {"type": "string", "pattern": "\\\\S"},
            "timeout": {"type": "integer", "minimum": 1, "maximum": %d},
            "name": {"type": "string", "pattern": "\\\\S"}},
          "additionalProperties": false}}}
        """
            .formatted(AgentLimits.HOOKS, AgentLimits.HOOK_SECONDS_MOST),
        json);
  }

  private static Optional<ConfigKey> key(List<String> path) {
    return ConfigKeys.ALL.stream().filter(key -> key.path().equals(path)).findFirst();
  }

  /// The names below `path`, in the order of the tables.
  private static Set<String> names(List<String> path) {
    var names = new LinkedHashSet<String>();
    ConfigKeys.ALL.forEach(key -> addName(key.path(), path, names));
    ConfigKeys.NOT_YET.forEach(pattern -> addName(pattern, path, names));
    return names;
  }

  private static void addName(List<String> pattern, List<String> path, Set<String> names) {
    if (pattern.size() > path.size() && pattern.subList(0, path.size()).equals(path)) {
      names.add(pattern.get(path.size()));
    }
  }

  private static List<String> parent(List<String> path) {
    return path.subList(0, path.size() - 1);
  }

  private static List<String> below(List<String> path, String name) {
    var longer = new java.util.ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }
}
