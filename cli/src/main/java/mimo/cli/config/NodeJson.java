package mimo.cli.config;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import mimo.cli.terminal.JsonText;

/// A piece of a configuration as plain JSON.
final class NodeJson {

  private NodeJson() {}

  static String text(ConfigNode node) {
    return JsonText.of(json -> write(json, node));
  }

  private static void write(JsonGenerator json, ConfigNode node) throws IOException {
    switch (node) {
      case ConfigNode.Section(var members, _) -> {
        json.writeStartObject();
        for (var member : members) {
          json.writeFieldName(member.name());
          write(json, member.value());
        }
        json.writeEndObject();
      }
      case ConfigNode.Items(var items, _) -> {
        json.writeStartArray();
        for (var item : items) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case ConfigNode.Text(var value, _) -> json.writeString(value);
      case ConfigNode.Digits(var digits, _) -> json.writeNumber(digits);
      case ConfigNode.Flag(var value, _) -> json.writeBoolean(value);
      // Only null is left, as it is written.
      case ConfigNode.Other(var word, _) -> json.writeRawValue(word);
    }
  }
}
