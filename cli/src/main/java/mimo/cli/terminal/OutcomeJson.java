package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.TreeMap;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.Failure;
import mimo.engine.Loss;

/// The final object of `--format json`: `{v, run, status, reason?, resume?, result, losses, usage,
/// offline?, error?}`.
final class OutcomeJson {

  /// Raised when a member is removed or changes its type, never when one is added.
  static final int VERSION = 1;

  private final ErrorTable table;

  OutcomeJson(ErrorTable table) {
    this.table = table;
  }

  /// The members of `outcome`, into an object that is already open.
  void write(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeStringField("run", outcome.run());
    json.writeStringField("status", outcome.status());
    if (outcome.waitsFor() != null) {
      json.writeStringField("reason", outcome.waitsFor().word());
      json.writeStringField("resume", "mimo runs resume " + outcome.run());
    }
    json.writeFieldName("result");
    if (outcome.value() == null) {
      json.writeNull();
    } else {
      JsonText.copy(outcome.value(), json);
    }
    if (outcome.document() != null) {
      json.writeStringField("document", outcome.document().toString());
    }
    json.writeArrayFieldStart("losses");
    for (var loss : outcome.losses()) {
      write(json, loss);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("usage");
    for (var used : new TreeMap<>(outcome.usage()).entrySet()) {
      json.writeNumberField(used.getKey(), used.getValue());
    }
    json.writeEndObject();
    if (outcome.offline()) {
      json.writeBooleanField("offline", true);
    }
    var reuse = outcome.reuse();
    if (reuse != null) {
      json.writeFieldName("reuse");
      ReuseView.write(json, reuse);
    }
    if (outcome.failure() != null) {
      json.writeFieldName("error");
      write(json, outcome.failure());
    }
  }

  static void write(JsonGenerator json, Loss loss) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seq", loss.seq());
    json.writeStringField("label", loss.label());
    json.writeStringField("phase", loss.phase());
    json.writeStringField("reason", loss.reason());
    json.writeEndObject();
  }

  private void write(JsonGenerator json, Failure failure) throws IOException {
    var entry = table.find(failure.code());
    json.writeStartObject();
    json.writeStringField("number", "MIMO-" + entry.number());
    json.writeStringField("name", failure.code());
    json.writeStringField("message", failure.message());
    var position = failure.position();
    if (position != null) {
      json.writeStringField("file", position.file());
      json.writeNumberField("line", position.line());
      json.writeNumberField("column", position.column());
    }
    json.writeStringField("remedy", entry.remedyFor(failure.run()));
    json.writeEndObject();
  }
}
