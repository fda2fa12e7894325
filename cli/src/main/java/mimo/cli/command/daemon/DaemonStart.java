package mimo.cli.command.daemon;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Watchers;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo daemon start`: starts the daemon if nobody watches.
final class DaemonStart implements Subcommand {

  private final Setting setting;

  DaemonStart(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "start",
            "Start the daemon in the background.",
            "",
            "It outlives this terminal, and has the environment of this command: keys in variables",
            "too. Starting it twice does nothing.",
            "");
    Idle.add(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var watcher = new Watchers(setting).ensure(Idle.of(words));
    setting.say(watcher.who() + (watcher.news() ? " has begun" : " is there already"));
    setting.background().get().daemon().ifPresent(daemon -> setting.say("log: " + daemon.log()));
    return ExitCode.OK;
  }
}
