package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mimo.engine.journal.SessionEntry;

/// The entries of a session as JSON, whole.
public final class SessionEntries {

  private SessionEntries() {}

  /// All of them in one object.
  ///
  /// @param head writes the members before them
  public static String object(JsonText.Writing head, List<SessionEntry> entries) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", OutcomeJson.VERSION);
      head.to(json);
      json.writeArrayFieldStart("entries");
      for (int i = 0; i < entries.size(); i++) {
        write(json, i + 1, entries.get(i));
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /// One object for each.
  public static List<String> lines(List<SessionEntry> entries) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < entries.size(); i++) {
      int number = i + 1;
      lines.add(JsonText.of(json -> write(json, number, entries.get(number - 1))));
    }
    return List.copyOf(lines);
  }

  private static void write(JsonGenerator json, int number, SessionEntry entry) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", number);
    json.writeStringField("time", entry.at().toString());
    json.writeStringField("type", entry.type());
    json.writeFieldName("data");
    JsonText.copy(entry.json(), json);
    json.writeEndObject();
  }
}
