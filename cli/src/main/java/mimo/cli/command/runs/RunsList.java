package mimo.cli.command.runs;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import mimo.cli.command.Options;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.ErrorPrinter;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs list`: one line for each run, newest first.
final class RunsList implements Subcommand {

  private static final int NAME_WIDTH = 28;

  private static final String WAITING = " ".repeat(14);

  private final Setting setting;

  RunsList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("list", "List runs, newest first.");
    spec.addOption(
        Options.text("--status", "STATUS", "Only runs that stand so: running, paused, …"));
    spec.addOption(Options.text("--limit", "N", "Only the newest N of them."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var runs = runs(words);
    switch (Options.format(words)) {
      case TEXT -> runs.forEach(run -> lines(run).forEach(setting::say));
      case JSON ->
          setting.say(
              "{\"v\":1,\"runs\":["
                  + String.join(",", runs.stream().map(RunsList::json).toList())
                  + "]}");
      case STREAM_JSON -> runs.forEach(run -> setting.say(event(run)));
    }
    if (runs.isEmpty() && Options.format(words) == Format.TEXT) {
      setting.terminal().err().print("no runs yet; start one with mimo compose\n");
    }
    return ExitCode.OK;
  }

  private List<Runs.Line> runs(ParseResult words) {
    var status = Options.text(words, "--status");
    if (status != null && !Runs.STATUSES.contains(status)) {
      throw new CommandException(
          "usage",
          "--status is one of "
              + String.join(", ", Runs.STATUSES)
              + "; found '"
              + status
              + "'"
              + Nearest.hint(status, Runs.STATUSES));
    }
    var limit = Options.number(words, "--limit", Integer.MAX_VALUE);
    return setting.runs().get().list().stream()
        .filter(run -> status == null || run.status().equals(status))
        .limit(limit == null ? Long.MAX_VALUE : limit)
        .toList();
  }

  private List<String> lines(Runs.Line run) {
    var parking = run.parking();
    if (parking == null) {
      return List.of(line(run));
    }
    var lines = new ArrayList<String>();
    lines.add(line(run));
    var until = parking.until();
    if (until != null) {
      var due = !until.isAfter(setting.clock().instant());
      lines.add(WAITING + (due ? "due; mimo runs resume " + run.id() : "parked until " + until));
    }
    new ErrorPrinter(ErrorTable.load(), setting.outStyle())
        .parked(parking.failure()).stream().map(why -> WAITING + why).forEach(lines::add);
    return lines;
  }

  private static String line(Runs.Line run) {
    var losses = run.losses() == 0 ? "" : ", " + run.losses() + " lost";
    return String.format(
        Locale.ROOT,
        "%s  %-11s  %s  %-" + NAME_WIDTH + "s  %d %s%s%s%s%s",
        run.id(),
        run.status(),
        minute(run.started()),
        TerminalText.cut(run.workflow(), NAME_WIDTH),
        run.steps(),
        run.steps() == 1 ? "step" : "steps",
        losses,
        cost(run),
        phase(run),
        run.pinned() ? ", pinned" : "");
  }

  private static String cost(Runs.Line run) {
    var cost = run.progress().usage().get("cost_micro_usd");
    return cost == null || cost == 0 ? "" : ", " + Figures.dollars(cost);
  }

  private static String phase(Runs.Line run) {
    var phase = run.progress().phase();
    return phase.isEmpty() ? "" : ", in " + TerminalText.cut(phase, NAME_WIDTH);
  }

  private static String minute(@Nullable Instant time) {
    return time == null ? " ".repeat(16) : time.toString().substring(0, 16).replace('T', ' ');
  }

  private static String json(Runs.Line run) {
    return JsonText.of(json -> {
      json.writeStartObject();
      write(json, run);
      json.writeEndObject();
    });
  }

  /// Alone on its line, it says the version of its form.
  private static String event(Runs.Line run) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      write(json, run);
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, Runs.Line run) throws IOException {
    var started = run.started();
    var ended = run.ended();
    json.writeStringField("run", run.id().value());
    json.writeStringField("workflow", run.workflow());
    json.writeStringField("status", run.status());
    if (started != null) {
      json.writeStringField("started", started.toString());
    }
    if (ended != null) {
      json.writeStringField("ended", ended.toString());
    }
    json.writeNumberField("steps", run.steps());
    json.writeNumberField("losses", run.losses());
    if (!run.progress().phase().isEmpty()) {
      json.writeStringField("phase", run.progress().phase());
    }
    if (run.pinned()) {
      json.writeBooleanField("pinned", true);
    }
    json.writeObjectFieldStart("usage");
    for (var used : new TreeMap<>(run.progress().usage()).entrySet()) {
      json.writeNumberField(used.getKey(), used.getValue());
    }
    json.writeEndObject();
    var parking = run.parking();
    if (parking != null) {
      json.writeStringField("reason", parking.reason().word());
      var until = parking.until();
      if (until != null) {
        json.writeStringField("until", until.toString());
      }
      json.writeStringField("error", parking.failure().code());
      json.writeStringField("message", parking.failure().message());
    }
  }
}
