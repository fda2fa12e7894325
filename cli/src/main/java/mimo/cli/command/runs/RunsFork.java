package mimo.cli.command.runs;

import java.util.List;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.GrantPolicy;
import mimo.cli.command.LossPolicy;
import mimo.cli.command.Options;
import mimo.cli.command.Presence;
import mimo.cli.command.RunFollower;
import mimo.cli.command.RunFollower.FollowOptions;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs fork`: makes a new run of the beginning of another one.
final class RunsFork implements Subcommand {

  private static final int MOST_STEPS = 1_000_000;

  private final Setting setting;

  RunsFork(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "fork",
            "Make a new run of the beginning of another one, and go on from there.",
            "",
            "All before the step is shared and costs nothing; the other run is not touched. From"
                + " the",
            "step on, what is asked as before is reused, unless --fresh.",
            "");
    spec.addPositional(RunsResume.runId());
    spec.addOption(
        Options.text("--at", "STEP", "The first step that is the new run's own: its number."));
    spec.addOption(Options.text("--prompt", "PROMPT", "Ask that step this instead."));
    SetOptions.add(spec, "Change model, budget, concurrency or deadline from there on.");
    spec.addOption(Options.flag("--fresh", "Reuse nothing from that step on."));
    spec.addOption(Options.flag("--strict", "Exit with 3 if any agent was lost."));
    spec.addOption(Options.flag("--allow-losses", "Exit with 0 even if agents were lost."));
    GrantPolicy.add(spec);
    spec.addOption(Options.flag("--quiet", "No progress and no colour on stderr."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs fork 7f3a --at 12 --set model=openai/gpt-5-mini",
            "  mimo runs fork 7f3a --at 3 --prompt \"Review only the parser\"");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var step = Options.number(words, "--at", MOST_STEPS);
    if (step == null) {
      throw new CommandException(
          "usage", "mimo runs fork needs --at STEP; mimo runs show RUN numbers the steps");
    }
    var prompt = Options.text(words, "--prompt");
    if (prompt != null && prompt.isBlank()) {
      throw new CommandException("usage", "--prompt is empty; say what the step is to be asked");
    }
    var options =
        new FollowOptions(
            Options.format(words),
            Options.noise(words),
            LossPolicy.of(words),
            Presence.USUAL,
            GrantPolicy.of(words));
    var runs = setting.runs().get();
    var source = runs.id(words.matchedPositionalValue(0, ""));
    var order =
        new ForkOrder(
            step,
            SetOptions.read(words),
            prompt,
            words.hasMatchedOption("--fresh") ? ForkOrder.Later.FORGOTTEN : ForkOrder.Later.REUSED);
    return new RunFollower(setting, options)
        .follow(
            List.of(),
            audience -> RunsResume.told(source, () -> runs.fork(source, order, audience)));
  }
}
