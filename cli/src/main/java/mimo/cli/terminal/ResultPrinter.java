package mimo.cli.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import mimo.cli.error.ErrorTable;
import mimo.engine.Loss;

/// Prints how a command ended: the result to stdout and nothing else there, all other words to
/// stderr (A67).
public final class ResultPrinter {

  private static final int MAX_LABEL = 80;

  private final Terminal terminal;
  private final Format format;
  private final Style style;
  private final ErrorTable table;
  private final Consumer<String> objects;

  public ResultPrinter(Terminal terminal, Format format, Style style, ErrorTable table) {
    this(terminal, format, style, table, object -> terminal.print(object + "\n"));
  }

  private ResultPrinter(
      Terminal terminal, Format format, Style style, ErrorTable table, Consumer<String> objects) {
    this.terminal = terminal;
    this.format = format;
    this.style = style;
    this.table = table;
    this.objects = objects;
  }

  /// The same for a command about many runs: in `json` it prints one value, so the object of each
  /// run is kept here until the last is known.
  public ResultPrinter keeping(List<String> kept) {
    return format == Format.JSON
        ? new ResultPrinter(terminal, format, style, table, kept::add)
        : this;
  }

  /// Prints what was kept of all runs as one array, also if there was none.
  public void printAll(List<String> kept) {
    if (format == Format.JSON) {
      terminal.print("[" + String.join(",", kept) + "]\n");
    }
  }

  /// Prints `outcome` of a run with this many agents.
  public void print(Outcome outcome, int agents) {
    switch (format) {
      case TEXT -> printText(outcome);
      case JSON, STREAM_JSON -> printObject(outcome);
    }
    summary(outcome, agents).forEach(line -> terminal.err().print(line + "\n"));
    terminal.err().flush();
  }

  private void printText(Outcome outcome) {
    var value = outcome.value();
    if (outcome.document() != null) {
      terminal.print(outcome.document() + "\n");
    } else if (value != null) {
      var text = outcome.text().orElseGet(() -> JsonText.pretty(value));
      terminal.print(text.endsWith("\n") ? text : text + "\n");
    }
  }

  /// A result as people read it: a string is itself, anything else laid-out JSON.
  static String asText(String json) {
    return JsonText.string(json).orElseGet(() -> JsonText.pretty(json));
  }

  /// The one object of `json`; as the last line of `stream-json` it says its type, as all do there.
  public void printObject(Outcome outcome) {
    var members = new OutcomeJson(table);
    var line =
        JsonText.of(json -> {
          json.writeStartObject();
          json.writeNumberField("v", OutcomeJson.VERSION);
          if (format == Format.STREAM_JSON) {
            json.writeStringField("type", "result");
          }
          members.write(json, outcome);
          json.writeEndObject();
        });
    objects.accept(line);
  }

  private List<String> summary(Outcome outcome, int agents) {
    var lines = new ArrayList<String>();
    var failure = outcome.failure();
    if (failure != null) {
      var errors = new ErrorPrinter(table, style);
      lines.addAll(outcome.waitsFor() == null ? errors.lines(failure) : errors.parked(failure));
    }
    lines.addAll(losses(outcome.losses(), style));
    var reuse = outcome.reuse();
    if (reuse != null) {
      lines.addAll(ReuseView.lines(reuse));
    }
    if (outcome.run() != null && !outcome.isRefusal()) {
      lines.add(style.faint(totals(outcome, agents)));
    }
    return lines;
  }

  private static String totals(Outcome outcome, int agents) {
    var work =
        agents == 0
            ? "no agent was started"
            : Figures.count(agents, "agent")
                + ", "
                + Figures.usage(outcome.usage(), outcome.offline());
    var losses = outcome.losses().isEmpty() ? "" : " with " + count(outcome.losses());
    return "run " + outcome.run() + " " + outcome.status() + losses + ": " + work;
  }

  private static String count(List<Loss> losses) {
    return losses.size() == 1 ? "1 loss" : losses.size() + " losses";
  }

  /// The losses by phase and reason, in red (L109); nothing if there are none.
  static List<String> losses(List<Loss> losses, Style style) {
    if (losses.isEmpty()) {
      return List.of();
    }
    var byCause = new LinkedHashMap<String, List<String>>();
    for (var loss : losses) {
      var phase = loss.phase().isEmpty() ? "" : loss.phase() + ": ";
      byCause
          .computeIfAbsent(phase + loss.reason(), cause -> new ArrayList<>())
          .add(
              loss.label().isEmpty()
                  ? "step " + loss.seq()
                  : TerminalText.cut(loss.label(), MAX_LABEL));
    }
    var lines = new ArrayList<String>();
    lines.add(style.red(count(losses)));
    for (Map.Entry<String, List<String>> cause : byCause.entrySet()) {
      lines.add(
          style.red(
              "  "
                  + TerminalText.oneLine(cause.getKey())
                  + " – "
                  + TerminalText.oneLine(String.join(", ", cause.getValue()))));
    }
    return lines;
  }
}
