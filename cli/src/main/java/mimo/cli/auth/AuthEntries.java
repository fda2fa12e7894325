package mimo.cli.auth;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.Origin;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.terminal.JsonText;
import org.jspecify.annotations.Nullable;

/// What `auth.json` holds: one entry for each provider, an object if all is well with it.
///
/// @param values as JSON, by provider
record AuthEntries(SortedMap<String, String> values) {

  /// @throws IllegalArgumentException if `text` is no JSON object; its message holds nothing of it
  static AuthEntries read(String text) {
    var values = new TreeMap<String, String>();
    try {
      walk(text, values);
    } catch (IOException broken) {
      // Its message may quote a key.
      throw new IllegalArgumentException("it is not JSON");
    }
    return new AuthEntries(values);
  }

  private static void walk(String text, SortedMap<String, String> values) throws IOException {
    if (!text.strip().startsWith("{")) {
      throw new IllegalArgumentException("it must be an object that holds one for each provider");
    }
    JsonWalk.walk(
        text,
        new JsonWalk.Visitor() {
          @Override
          public void scalar(String path, JsonParser value) throws IOException {
            values.put(path, JsonText.of(json -> json.copyCurrentEvent(value)));
          }

          @Override
          public boolean wantsText(String path) {
            return !path.isEmpty();
          }

          @Override
          public void text(String path, String json) {
            values.put(path, json);
          }
        });
  }

  /// The keys among them, and what is none although it should be.
  StoredKeys keys() {
    var keys = new TreeMap<String, StoredKey>();
    var unusable = new TreeMap<String, String>();
    values.forEach((provider, json) -> {
      if (!json.startsWith("{")) {
        // A mark of another program, such as a version, is no key; a text may be meant as one.
        if (json.startsWith("\"")) {
          unusable.put(provider, "it is a text, not an object with type, key and origin");
        }
        return;
      }
      var fields = fields(json);
      var key = fields.getOrDefault("key", "");
      if (fields.getOrDefault("type", "").equals("api") && !key.isBlank()) {
        try {
          keys.put(provider, new StoredKey(key, origin(fields.get("origin"))));
        } catch (IllegalArgumentException _) {
          // Its message may quote what stands in the wrong place.
          unusable.put(provider, "its origin is no address like https://host");
        }
      }
    });
    return new StoredKeys(keys, unusable);
  }

  private static Map<String, String> fields(String json) {
    var fields = new HashMap<String, String>();
    try {
      JsonWalk.walk(
          json, (String path, JsonParser value) -> fields.put(path, value.getValueAsString("")));
    } catch (IOException impossible) {
      throw new IllegalStateException("what was read as JSON is none", impossible);
    }
    return fields;
  }

  private static @Nullable Origin origin(@Nullable String text) {
    return text == null ? null : Origin.of(URI.create(text));
  }

  AuthEntries with(String provider, StoredKey key) {
    var more = new TreeMap<>(values);
    more.put(
        provider,
        JsonText.of(json -> {
          json.writeStartObject();
          json.writeStringField("type", "api");
          json.writeStringField("key", key.key());
          var origin = key.origin();
          if (origin != null) {
            json.writeStringField("origin", origin.toString());
          }
          json.writeEndObject();
        }));
    return new AuthEntries(more);
  }

  AuthEntries without(String provider) {
    var fewer = new TreeMap<>(values);
    fewer.remove(provider);
    return new AuthEntries(fewer);
  }

  /// The whole file.
  String text() {
    return JsonText.pretty(
            JsonText.of(json -> {
              json.writeStartObject();
              for (var value : values.entrySet()) {
                json.writeFieldName(value.getKey());
                json.writeRawValue(value.getValue());
              }
              json.writeEndObject();
            }))
        + "\n";
  }

  /// Without the keys.
  @Override
  public String toString() {
    return "AuthEntries" + values.keySet();
  }
}
