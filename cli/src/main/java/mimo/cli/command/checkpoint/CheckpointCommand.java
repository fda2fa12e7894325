package mimo.cli.command.checkpoint;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo checkpoint`: the state that is kept of sessions, in words (K1 to K15).
public final class CheckpointCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("checkpoint");

  public CheckpointCommand(Setting setting) {
    commands.put("list", new CheckpointList(setting));
    commands.put("show", new CheckpointShow(setting));
    commands.put("write", new CheckpointWrite(setting));
    commands.put("why", new CheckpointWhy(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "checkpoint",
            "Show, explain and write the state that is kept of sessions.",
            "",
            "A checkpoint says in eleven sections what a session is for, what was done, and what",
            "comes next. It is a Markdown file beside the session's notes, and you may edit it.",
            "");
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo checkpoint list",
            "  mimo checkpoint show 7f3a --section errors-and-fixes",
            "  mimo checkpoint why 7f3a m12");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
