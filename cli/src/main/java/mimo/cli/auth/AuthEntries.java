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

/// What `auth.json` holds: one object for each provider.
///
/// @param objects as JSON, by provider
record AuthEntries(SortedMap<String, String> objects) {

  private static final String SHAPE = "it must hold one object for each provider";

  /// @throws IllegalArgumentException if `text` is not an object of objects; its message holds
  ///   nothing of it
  static AuthEntries read(String text) {
    var objects = new TreeMap<String, String>();
    try {
      walk(text, objects);
    } catch (IOException broken) {
      // Its message may quote a key.
      throw new IllegalArgumentException("it is not JSON");
    }
    return new AuthEntries(objects);
  }

  private static void walk(String text, SortedMap<String, String> objects) throws IOException {
    if (!text.strip().startsWith("{")) {
      throw new IllegalArgumentException(SHAPE);
    }
    JsonWalk.walk(
        text,
        new JsonWalk.Visitor() {
          @Override
          public void scalar(String path, JsonParser value) throws IOException {
            throw new IllegalArgumentException(SHAPE);
          }

          @Override
          public boolean wantsText(String path) {
            return !path.isEmpty();
          }

          @Override
          public void text(String path, String json) {
            objects.put(path, json);
          }
        });
  }

  /// The keys among them.
  SortedMap<String, StoredKey> keys() {
    var keys = new TreeMap<String, StoredKey>();
    objects.forEach((provider, json) -> {
      var fields = fields(json);
      var key = fields.getOrDefault("key", "");
      if (fields.getOrDefault("type", "").equals("api") && !key.isBlank()) {
        var origin = fields.get("origin");
        keys.put(provider, new StoredKey(key, origin == null ? null : origin(origin)));
      }
    });
    return keys;
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

  private static Origin origin(String text) {
    return Origin.of(URI.create(text));
  }

  AuthEntries with(String provider, StoredKey key) {
    var more = new TreeMap<>(objects);
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
    var fewer = new TreeMap<>(objects);
    fewer.remove(provider);
    return new AuthEntries(fewer);
  }

  /// The whole file.
  String text() {
    return JsonText.pretty(
            JsonText.of(json -> {
              json.writeStartObject();
              for (var object : objects.entrySet()) {
                json.writeFieldName(object.getKey());
                json.writeRawValue(object.getValue());
              }
              json.writeEndObject();
            }))
        + "\n";
  }

  /// Without the keys.
  @Override
  public String toString() {
    return "AuthEntries" + objects.keySet();
  }
}
