package mimo.cli.command.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import mimo.cli.command.Resumption;
import mimo.cli.command.RunFollower;
import mimo.cli.command.RunFollower.FollowOptions;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.ErrorPrinter;
import mimo.engine.RunId;

/// Goes on with every parked run that is due, one after the other (D52).
final class DueRuns {

  /// How often whoever watches looks whether somebody has answered.
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Setting setting;
  private final FollowOptions options;

  /// Those that could not be taken up: they are left alone, not tried for ever.
  private final Set<RunId> refused = new HashSet<>();

  DueRuns(Setting setting, FollowOptions options) {
    this.setting = setting;
    this.options = options;
  }

  /// Goes on with what is due now.
  ExitCode resume() throws InterruptedException {
    var exit = ExitCode.OK;
    for (var run : due()) {
      var own = resume(run.id());
      exit = exit == ExitCode.OK ? own : exit;
    }
    return exit;
  }

  /// Goes on with what is due until no run is parked that time or an answer could wake.
  ExitCode watch() throws InterruptedException {
    while (parked().stream().anyMatch(run -> !refused.contains(run.id()))) {
      resume();
      Thread.sleep(LOOK);
    }
    return ExitCode.OK;
  }

  private List<Runs.Line> parked() {
    return setting.runs().get().list().stream()
        .filter(run -> run.parking() != null && waits(run.parking()))
        .toList();
  }

  /// Where the user must mend something, no time will.
  private static boolean waits(Runs.Parking parking) {
    return switch (parking.reason()) {
      case TIMER, GATE, USAGE_LIMIT -> true;
      case PROVIDER -> false;
    };
  }

  private List<Runs.Line> due() {
    var now = setting.clock().instant();
    return parked().stream()
        .filter(run -> !refused.contains(run.id()) && !until(run).isAfter(now))
        .sorted(Comparator.comparing(DueRuns::until))
        .toList();
  }

  private static Instant until(Runs.Line run) {
    var until = Objects.requireNonNull(run.parking()).until();
    return until == null ? Instant.MAX : until;
  }

  private ExitCode resume(RunId run) throws InterruptedException {
    try {
      var runs = setting.runs().get();
      return new RunFollower(setting, options)
          .follow(runs.events(run), audience -> runs.resume(run, Resumption.EXACT, audience));
    } catch (CommandException refusal) {
      refused.add(run);
      var failure = refusal.failure().of(run.value());
      var table = ErrorTable.load();
      new ErrorPrinter(table, setting.style(options.noise()))
          .lines(failure)
          .forEach(line -> setting.terminal().err().print(line + "\n"));
      return table.find(failure.code()).exit();
    }
  }
}
