package mimo.cli.command.session;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import mimo.cli.command.Options;
import mimo.cli.command.SessionDesk;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.Line;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import mimo.engine.SessionId;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// What the commands about sessions say alike.
final class SessionWords {

  private static final int TITLE_WIDTH = 50;

  private SessionWords() {}

  static PositionalParamSpec id() {
    return Options.required("SESSION", "Id of a session, or its first digits.");
  }

  static PositionalParamSpec idOrLast() {
    return Options.optional(
        "SESSION", "Id of a session, or its first digits (default the one used last here).");
  }

  /// The session that [#idOrLast] names.
  static SessionId meant(SessionDesk desk, ParseResult words) {
    var prefix = words.matchedPositionalValue(0, "");
    return prefix.isEmpty() ? desk.meant(new From.Latest(Manner.ITSELF)) : desk.find(prefix).id();
  }

  /// A session on one line.
  static String line(Line line) {
    return String.format(
            Locale.ROOT,
            "%s  %-7s  %s  %-8s  %s",
            line.id(),
            line.state(),
            line.used().toString().substring(0, 16).replace('T', ' '),
            Figures.count(line.turns(), "turn"),
            TerminalText.cut(line.title(), TITLE_WIDTH))
        .stripTrailing();
  }

  /// A session as an object.
  static String json(Line line) {
    return JsonText.of(json -> {
      json.writeStartObject();
      write(json, line);
      json.writeEndObject();
    });
  }

  static void write(JsonGenerator json, Line line) throws IOException {
    json.writeStringField("session", line.id().value());
    json.writeStringField("state", line.state());
    json.writeStringField("title", line.title());
    json.writeStringField("workspace", line.workspace());
    json.writeStringField("opened", line.opened().toString());
    json.writeStringField("used", line.used().toString());
    json.writeNumberField("turns", line.turns());
    if (line.parent() != null) {
      json.writeStringField("parent", line.parent().value());
    }
  }

  /// What a command about one session answers.
  static String answer(SessionId id, JsonText.Writing more) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeStringField("session", id.value());
      more.to(json);
      json.writeEndObject();
    });
  }
}
