package mimo.cli.command.daemon;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo daemon`: starts and stops what goes on with parked runs.
public final class DaemonCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("daemon");

  public DaemonCommand(Setting setting) {
    commands.put("start", new DaemonStart(setting));
    commands.put("status", new DaemonStatus(setting));
    commands.put("stop", new DaemonStop(setting));
    commands.put("run", new DaemonRun(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "daemon",
            "Go on with parked runs in the background.",
            "",
            "A run that waits for a moment, an answer or the end of a limit needs no process. The",
            "daemon looks after all of them and takes each up when it is due, as",
            "`mimo runs resume --due --watch` does, but stays when nothing is parked. With",
            "\"daemon\": \"auto\" in the configuration it starts when a run parks.",
            "");
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "", "Examples:", "  mimo daemon start", "  mimo daemon status", "  mimo daemon stop");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
