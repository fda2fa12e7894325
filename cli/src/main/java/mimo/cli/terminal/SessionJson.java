package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.engine.RunId;
import mimo.engine.journal.SessionEntry;

/// The session of one step as JSON, whole.
///
/// @param step the number of the step in its run
/// @param prompt what its agent was asked; empty if it is no agent's
public record SessionJson(RunId run, int step, String prompt, List<SessionEntry> entries) {

  public SessionJson {
    entries = List.copyOf(entries);
  }

  /// All of it as one object.
  public String object() {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", OutcomeJson.VERSION);
      json.writeStringField("run", run.value());
      json.writeNumberField("step", step);
      if (!prompt.isEmpty()) {
        json.writeStringField("prompt", prompt);
      }
      json.writeArrayFieldStart("entries");
      for (int i = 0; i < entries.size(); i++) {
        write(json, i);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /// One object for each entry.
  public List<String> lines() {
    var lines = new java.util.ArrayList<String>();
    for (int i = 0; i < entries.size(); i++) {
      int index = i;
      lines.add(JsonText.of(json -> write(json, index)));
    }
    return List.copyOf(lines);
  }

  private void write(JsonGenerator json, int index) throws IOException {
    var entry = entries.get(index);
    json.writeStartObject();
    json.writeNumberField("number", index + 1);
    json.writeStringField("time", entry.at().toString());
    json.writeStringField("type", entry.type());
    json.writeFieldName("data");
    JsonText.copy(entry.json(), json);
    json.writeEndObject();
  }
}
