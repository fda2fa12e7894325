package mimo.cli.command.runs;

import java.util.ArrayList;
import java.util.List;
import mimo.cli.command.Resumption;
import mimo.cli.command.RunFollower;
import mimo.cli.command.RunFollower.FollowOptions;
import mimo.cli.command.Setting;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Outcome;
import mimo.cli.terminal.ResultPrinter;
import mimo.engine.ParkedRun;
import mimo.engine.RunId;

/// Goes on with every parked run that is due, one after the other, the earliest first (D51, D52).
final class DueRuns {

  private final Setting setting;
  private final FollowOptions options;
  private final List<String> objects = new ArrayList<>();
  private final ResultPrinter printer;

  DueRuns(Setting setting, FollowOptions options) {
    this.setting = setting;
    this.options = options;
    this.printer = setting.printer(options.format(), options.noise()).keeping(objects);
  }

  /// One that cannot be taken up is left alone, and the others go on.
  ///
  /// @return the exit code of the first that did not end well
  ExitCode resume() throws InterruptedException {
    var exit = ExitCode.OK;
    for (var run : due()) {
      var own = resume(run.id());
      exit = exit == ExitCode.OK ? own : exit;
    }
    printer.printAll(objects);
    return exit;
  }

  private List<ParkedRun> due() {
    var now = setting.clock().instant();
    try (var parked = setting.runs().get().parked()) {
      return parked.look().stream().filter(run -> run.isDue(now)).toList();
    }
  }

  private ExitCode resume(RunId run) throws InterruptedException {
    try {
      var runs = setting.runs().get();
      return new RunFollower(setting, options, printer)
          .follow(runs.past(run), audience -> runs.resume(run, Resumption.EXACT, audience));
    } catch (CommandException refusal) {
      var failure = refusal.failure().of(run.value());
      setting.terminal().err().print("run " + run + " is due and cannot go on:\n");
      printer.print(Outcome.of(failure), 0);
      return ErrorTable.load().find(failure.code()).exit();
    }
  }
}
