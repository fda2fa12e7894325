package mimo.cli.command.daemon;

import java.time.temporal.ChronoUnit;
import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.runs.DueWatch;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Figures;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo daemon run`: is the daemon, until nothing was parked for long or somebody stops it.
final class DaemonRun implements Subcommand {

  private final Setting setting;

  DaemonRun(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "run",
            "Be the daemon, in this terminal or for a supervisor.",
            "",
            "Ends once nothing was parked for a while, at `mimo daemon stop`, or at a signal. Runs",
            "it has taken up are paused then.",
            "");
    Idle.add(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var idle = Idle.of(words);
    try (var parked = setting.runs().get().parked()) {
      var other = parked.watchAlone();
      if (other.isPresent()) {
        tell(other.get() + " watches these runs already");
        return ExitCode.OK;
      }
      try (var _ = setting.background().get().announce()) {
        tell("watches; ends after " + Figures.time(idle) + " with nothing parked");
        var manner = new DueWatch.Manner(idle, List.of(), this::tell);
        switch (new DueWatch(setting, manner).watch(parked)) {
          case IDLE -> tell("ends: nothing was parked for " + Figures.time(idle));
          case STOPPED -> tell("ends: it was asked to");
        }
      }
      return ExitCode.OK;
    }
  }

  /// Whoever reads this later wants to know when it was.
  private void tell(String line) {
    var now = setting.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    setting.terminal().err().print(now + " " + line + "\n");
  }
}
