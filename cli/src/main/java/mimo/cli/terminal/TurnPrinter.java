package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.Failure;
import mimo.cli.terminal.TurnResult.Shape;

/// Prints how a turn ended: the answer to stdout and nothing else there, all other words to stderr
/// (A67).
public final class TurnPrinter {

  private static final int MICRO_DIGITS = 6;

  private final Terminal terminal;
  private final Format format;
  private final Style style;
  private final ErrorTable table;

  /// What of the text is on stdout already.
  public enum Shown {
    NOTHING,
    ALL
  }

  public TurnPrinter(Terminal terminal, Format format, Style style, ErrorTable table) {
    this.terminal = terminal;
    this.format = format;
    this.style = style;
    this.table = table;
  }

  /// Prints the result, and on stderr how it came about.
  public void print(TurnResult result, Shown shown) {
    switch (format) {
      case TEXT -> {
        if (shown == Shown.NOTHING) {
          text(result);
        }
      }
      case JSON, STREAM_JSON -> terminal.print(json(result) + "\n");
    }
    var failure = result.failure();
    if (failure != null) {
      new ErrorPrinter(table, style).ofSession(failure).forEach(this::tell);
    }
    if (result.until() != null) {
      tell("→ that is at " + result.until());
    }
  }

  /// The last line: which session it was, and what it used.
  public void sum(TurnResult result) {
    if (result.session() != null && result.speaker() != null) {
      tell(
          style.faint(
              "session "
                  + result.session()
                  + " "
                  + result.status()
                  + ": "
                  + Figures.count(result.spent().requests(), "request")
                  + ", "
                  + Figures.usage(result.usage(), result.offline())));
    }
  }

  private void tell(String line) {
    terminal.err().print(line + "\n");
    terminal.err().flush();
  }

  private void text(TurnResult result) {
    var answer = result.answer();
    if (answer == null) {
      return;
    }
    if (answer.shape() == Shape.VALUE) {
      if (result.offline()) {
        tell(OfflineProvider.LABEL);
      }
      terminal.print(JsonText.pretty(answer.json()) + "\n");
    } else {
      var text = result.text().orElse("");
      terminal.print(text.endsWith("\n") ? text : text + "\n");
    }
  }

  /// The one object of `json`; as the last line of `stream-json` it says its type, as all do there.
  private String json(TurnResult result) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", OutcomeJson.VERSION);
      if (format == Format.STREAM_JSON) {
        json.writeStringField("type", "result");
      }
      json.writeStringField("session", result.session());
      json.writeStringField("status", result.status());
      answer(json, result);
      var speaker = result.speaker();
      json.writeStringField("agent", speaker == null ? null : speaker.agent());
      json.writeStringField("model", speaker == null ? null : speaker.model());
      json.writeObjectFieldStart("usage");
      for (var used : result.usage().entrySet()) {
        json.writeNumberField(used.getKey(), used.getValue());
      }
      json.writeEndObject();
      cost(json, result);
      if (result.goal() != null) {
        json.writeObjectFieldStart("goal");
        AgentEventJson.write(json, result.goal());
        json.writeEndObject();
      }
      json.writeBooleanField("offline", result.offline());
      if (result.until() != null) {
        json.writeStringField("until", result.until().toString());
      }
      json.writeNumberField("exit", result.exit().number());
      if (result.failure() != null) {
        json.writeFieldName("error");
        error(json, result.failure());
      }
      json.writeEndObject();
    });
  }

  private static void answer(JsonGenerator json, TurnResult result) throws IOException {
    json.writeStringField("text", result.text().orElse(null));
    var answer = result.answer();
    if (answer != null && answer.shape() == Shape.VALUE) {
      json.writeFieldName("result");
      JsonText.copy(answer.json(), json);
    }
  }

  /// A price nobody knows is not 0 (A33).
  private static void cost(JsonGenerator json, TurnResult result) throws IOException {
    json.writeFieldName("cost_usd");
    var cost = result.spent().microUsd();
    if (cost == null) {
      json.writeNull();
    } else {
      var usd = BigDecimal.valueOf(cost, MICRO_DIGITS).stripTrailingZeros();
      json.writeNumber(usd.setScale(Math.max(0, usd.scale())));
    }
  }

  private void error(JsonGenerator json, Failure failure) throws IOException {
    var entry = table.find(failure.code());
    json.writeStartObject();
    json.writeStringField("number", "MIMO-" + entry.number());
    json.writeStringField("name", failure.code());
    json.writeStringField("message", failure.message());
    json.writeStringField("remedy", entry.remedyForSession(failure.run()));
    json.writeEndObject();
  }
}
