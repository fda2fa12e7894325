package mimo.cli.command.runs;

import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Setting.Noise;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.EventStream;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.Outcome;
import mimo.cli.terminal.ReuseView;
import mimo.cli.terminal.RunReport;
import mimo.engine.RunEvent;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs show`: tells one run from its journal.
final class RunsShow implements Subcommand {

  private final Setting setting;

  RunsShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "show",
            "Show one run: phases, agents, tool calls, losses, result.",
            "",
            "stream-json prints the run's events as `mimo compose` printed them.",
            "");
    spec.addPositional(RunsResume.runId());
    spec.addOption(
        Options.text("--step", "N", "What the agent of this step said and did instead."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo runs show 7f3a", "  mimo runs show 7f3a --step 12");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var runs = setting.runs().get();
    var run = runs.find(words.matchedPositionalValue(0, ""));
    var step = Options.number(words, "--step", Integer.MAX_VALUE);
    if (step != null) {
      new StepShow(setting, runs, run.id()).show(step, Options.format(words));
      return ExitCode.OK;
    }
    var events = runs.events(run.id());
    switch (Options.format(words)) {
      case TEXT -> {
        var style = setting.outStyle();
        new RunReport(run.id(), run.status(), facts(events), style, ErrorTable.load())
            .lines()
            .forEach(setting::show);
        runs.reuse(run.id())
            .ifPresent(report -> {
              setting.show("");
              ReuseView.lines(report).forEach(setting::show);
            });
      }
      case JSON ->
          setting
              .printer(Format.JSON, Noise.QUIET)
              .printObject(
                  Outcome.told(run.id(), run.status(), facts(events))
                      .reusing(runs.reuse(run.id()).orElse(null)));
      case STREAM_JSON -> {
        var stream = new EventStream(setting.terminal(), setting.clock());
        try (var watch = runs.watch()) {
          for (var next = watch.next(run.id()); !next.isEmpty(); next = watch.next(run.id())) {
            next.forEach(stream::recorded);
          }
        }
      }
    }
    return ExitCode.OK;
  }

  /// What happened in the run, without what happened to its record.
  static List<RunEvent> facts(List<RunEvent> events) {
    return events.stream().filter(event -> !(event instanceof RunEvent.Scrubbed)).toList();
  }
}
