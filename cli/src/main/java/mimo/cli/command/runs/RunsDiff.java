package mimo.cli.command.runs;

import mimo.cli.command.Options;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.DiffView;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.Outcome;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs diff`: shows two runs side by side.
final class RunsDiff implements Subcommand {

  private final Setting setting;

  RunsDiff(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "diff",
            "Show how two runs differ: steps, results, cost and status.",
            "",
            "Steps are aligned by what they ask and where, not by their numbers.",
            "");
    spec.addPositional(Options.required("RUN", "The first run's id, or its first digits."));
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1")
            .type(String.class)
            .arity("1")
            .required(true)
            .paramLabel("RUN")
            .description("The second run's id.")
            .build());
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Example:", "  mimo runs diff 7f3a 91ab");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var runs = setting.runs().get();
    var first = runs.find(words.matchedPositionalValue(0, ""));
    var second = runs.find(words.matchedPositionalValue(1, ""));
    var view =
        new DiffView(side(runs, first), side(runs, second), runs.diff(first.id(), second.id()));
    if (Options.format(words) == Format.TEXT) {
      view.lines().forEach(setting::say);
    } else {
      setting.say(view.json());
    }
    return ExitCode.OK;
  }

  private static Outcome side(Runs runs, Runs.Line run) {
    return Outcome.told(run.id(), run.status(), RunsShow.facts(runs.events(run.id())));
  }
}
