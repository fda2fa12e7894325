package mimo.cli.command.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import mimo.agent.checkpoint.Mark;
import mimo.agent.checkpoint.Section;
import mimo.cli.command.checkpoint.CheckpointDesk.Listed;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;

/// What the commands about checkpoints say alike.
final class CheckpointWords {

  private static final int INTENT_WIDTH = 50;

  private CheckpointWords() {}

  static String object(JsonText.Writing members) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      members.to(json);
      json.writeEndObject();
    });
  }

  /// A checkpoint on one line.
  static String line(Listed listed) {
    var watermark = listed.checkpoint().watermark();
    return "%s  %2d  %-10s  %-6s  %s"
        .formatted(
            listed.session(),
            watermark.number(),
            watermark.writer().word(),
            name(watermark.covered()),
            TerminalText.cut(TerminalText.oneLine(intent(listed)), INTENT_WIDTH))
        .stripTrailing();
  }

  /// A place in a conversation, as items name it.
  static String name(Mark mark) {
    return mark.message() < 0 ? "none" : "m" + mark.message();
  }

  private static String intent(Listed listed) {
    return listed
        .checkpoint()
        .section(Section.ACTIVE_INTENT)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("> "))
        .findFirst()
        .map(line -> line.substring(2))
        .orElse("");
  }

  static void write(JsonGenerator json, Listed listed) throws IOException {
    var watermark = listed.checkpoint().watermark();
    json.writeStringField("session", listed.session());
    json.writeStringField("path", listed.place().file().toString());
    json.writeNumberField("number", watermark.number());
    json.writeStringField("writer", watermark.writer().word());
    json.writeNumberField("covered", watermark.covered().message());
    json.writeStringField("coveredHash", watermark.covered().hash());
    json.writeNumberField("coveredByModel", watermark.byModel().message());
    json.writeStringField("hash", listed.held().hash());
  }

  static void writeSections(JsonGenerator json, Listed listed) throws IOException {
    json.writeObjectFieldStart("sections");
    for (var section : Section.values()) {
      json.writeStringField(section.word(), listed.checkpoint().section(section));
    }
    json.writeEndObject();
  }
}
