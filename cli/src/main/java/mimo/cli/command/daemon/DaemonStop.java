package mimo.cli.command.daemon;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo daemon stop`: ends the daemon.
final class DaemonStop implements Subcommand {

  private final Setting setting;

  DaemonStop(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    return Options.command(
        "stop",
        "Stop the daemon.",
        "",
        "Runs that it has taken up are paused, and can be resumed. What is parked stays parked.",
        "");
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var background = setting.background().get();
    var daemon = background.daemon();
    if (daemon.isEmpty()) {
      setting.say("no daemon runs");
      return ExitCode.OK;
    }
    background.stop(daemon.get());
    setting.say("the daemon (process " + daemon.get().pid() + ") has ended");
    return ExitCode.OK;
  }
}
