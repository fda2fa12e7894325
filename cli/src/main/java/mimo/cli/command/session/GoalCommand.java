package mimo.cli.command.session;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo goal`: what sessions are to reach (G1).
public final class GoalCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("goal");

  public GoalCommand(Setting setting) {
    commands.put("show", new GoalShow(setting));
    commands.put("clear", new GoalClear(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "goal",
            "Show and clear the goals of sessions.",
            "",
            "A goal is set with mimo run --goal, or with /goal in a conversation. Until it is met",
            "the agent of its session may not stop, in later turns either.",
            "");
    commands.addTo(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo goal show", "  mimo goal clear 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
