package mimo.cli.command.runs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.RunWatch;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs logs`: what a run's script wrote to its log, and its phases.
final class RunsLogs implements Subcommand {

  private final Setting setting;

  RunsLogs(Setting setting) {
    this.setting = setting;
  }

  /// One line of the log.
  ///
  /// @param type `phase` or `log`
  private record Line(Instant at, String type, String text) {

    String asText() {
      var time = at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
      return time
          + "  "
          + (type.equals("phase") ? "phase  " : "log    ")
          + TerminalText.visible(text);
    }

    String asJson() {
      return JsonText.of(json -> {
        json.writeStartObject();
        json.writeStringField("time", at.toString());
        json.writeStringField("type", type);
        json.writeStringField("text", text);
        json.writeEndObject();
      });
    }
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("logs", "Show what a run's script logged, and its phases.");
    spec.addPositional(RunsResume.runId());
    spec.addOption(Options.flag("--follow", "Go on until nobody works on the run any more."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Example:", "  mimo runs logs 7f3a --follow");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var format = Options.format(words);
    var follow = words.hasMatchedOption("--follow");
    if (follow && format == Format.JSON) {
      throw new CommandException(
          "usage", "--json prints one object at the end; --follow goes with stream-json");
    }
    try (var watch = setting.runs().get().watch()) {
      var run = watch.find(words.matchedPositionalValue(0, "")).id();
      if (follow) {
        var following = new Following(watch);
        return following.until(setting.interrupts(), List.of(run), event -> show(event, format));
      }
      show(watch, run, format);
      return ExitCode.OK;
    }
  }

  private void show(RunWatch watch, RunId run, Format format) {
    var lines = new ArrayList<Line>();
    for (var next = watch.next(run); !next.isEmpty(); next = watch.next(run)) {
      next.forEach(event -> lines.addAll(line(event)));
    }
    switch (format) {
      case TEXT -> lines.forEach(line -> setting.say(line.asText()));
      case STREAM_JSON -> lines.forEach(line -> setting.say(line.asJson()));
      case JSON ->
          setting.say(
              "{\"v\":1,\"run\":\"%s\",\"lines\":[%s]}"
                  .formatted(run, String.join(",", lines.stream().map(Line::asJson).toList())));
    }
  }

  private void show(RecordedEvent event, Format format) {
    for (var line : line(event)) {
      setting.say(format == Format.TEXT ? line.asText() : line.asJson());
    }
    setting.terminal().out().flush();
  }

  private static List<Line> line(RecordedEvent recorded) {
    return switch (recorded.event()) {
      case RunEvent.LogWritten(var text) -> List.of(new Line(recorded.at(), "log", text));
      case RunEvent.PhaseEntered(var title) -> List.of(new Line(recorded.at(), "phase", title));
      case RunEvent _ -> List.of();
    };
  }
}
