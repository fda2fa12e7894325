package mimo.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.cli.config.ConfigEntry;
import mimo.cli.config.ConfigSource;
import mimo.cli.config.Configured;
import mimo.cli.terminal.JsonText;

/// A configuration and its sources as JSON.
final class ConfigJson {

  private final Configured configured;

  ConfigJson(Configured configured) {
    this.configured = configured;
  }

  /// The one object of `json`.
  String object(List<ConfigEntry> values) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeArrayFieldStart("values");
      for (var entry : values) {
        write(json, entry);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("ignored");
      for (var ignored : configured.ignored()) {
        json.writeStartObject();
        json.writeStringField("key", ignored.key());
        json.writeStringField("reason", ignored.reason().text());
        write(json, ignored.source());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /// One line of `stream-json`.
  String line(ConfigEntry entry) {
    return JsonText.of(json -> write(json, entry));
  }

  private void write(JsonGenerator json, ConfigEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", entry.name());
    json.writeStringField("value", entry.shown());
    write(json, entry.source());
    json.writeArrayFieldStart("overrides");
    for (var lost : configured.overriddenBy(entry)) {
      json.writeStartObject();
      write(json, lost);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, ConfigSource source) throws IOException {
    json.writeStringField("source", source.origin().id());
    if (source.position() != null) {
      json.writeStringField("file", source.position().file());
      json.writeNumberField("line", source.position().line());
    }
    json.writeArrayFieldStart("variables");
    for (var name : source.variables()) {
      json.writeString(name);
    }
    json.writeEndArray();
  }
}
