package mimo.cli.command.runs;

import mimo.cli.command.LossPolicy;
import mimo.cli.command.Options;
import mimo.cli.command.RunFollower;
import mimo.cli.command.RunFollower.FollowOptions;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Audience;
import mimo.engine.RunId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs resume`: takes a run up where it stopped.
final class RunsResume implements Subcommand {

  private final Setting setting;

  RunsResume(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "resume",
            "Take a run up where it stopped.",
            "",
            "The script runs again from its top and gets its answers from the journal until it is",
            "used up; no finished agent is asked, or paid, twice.",
            "");
    spec.addPositional(runId());
    spec.addOption(Options.flag("--strict", "Exit with 3 if any agent was lost."));
    spec.addOption(Options.flag("--allow-losses", "Exit with 0 even if agents were lost."));
    spec.addOption(Options.flag("--quiet", "No progress and no colour on stderr."));
    Options.addFormat(spec);
    return spec;
  }

  static PositionalParamSpec runId() {
    return Options.required("RUN", "The run's id, or its first digits.");
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var options =
        new FollowOptions(Options.format(words), Options.noise(words), LossPolicy.of(words));
    var runs = setting.runs().get();
    var run = runs.find(words.matchedPositionalValue(0, "")).id();
    return new RunFollower(setting, options)
        .follow(runs.events(run), audience -> resume(runs, run, audience));
  }

  /// What keeps a run from being resumed is told with the run's id, so that its remedy can be
  /// copied.
  private static Runs.Running resume(Runs runs, RunId run, Audience audience)
      throws InterruptedException {
    try {
      return runs.resume(run, audience);
    } catch (CommandException refused) {
      var told = new CommandException(refused.failure().of(run.value()));
      told.initCause(refused);
      throw told;
    }
  }
}
