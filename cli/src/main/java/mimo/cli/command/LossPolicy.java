package mimo.cli.command;

import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Outcome;
import mimo.cli.terminal.Terminal;
import mimo.engine.ParkReason;
import mimo.engine.RunResult;
import picocli.CommandLine.ParseResult;

/// What losses mean for the exit code (L109).
public enum LossPolicy {
  /// They count where nobody looks: when stdout is no terminal.
  USUAL,
  STRICT,
  ALLOW;

  /// What the words of a command say.
  public static LossPolicy of(ParseResult words) {
    boolean strict = words.hasMatchedOption("--strict");
    boolean allow = words.hasMatchedOption("--allow-losses");
    if (strict && allow) {
      throw new CommandException("usage", "--strict and --allow-losses contradict");
    }
    return strict ? STRICT : allow ? ALLOW : USUAL;
  }

  /// How a process ends whose run ended like this.
  ExitCode exit(RunResult result, Terminal.Channel out, ErrorTable table) {
    return switch (result) {
      case RunResult.Completed done -> done.losses().isEmpty() ? ExitCode.OK : losses(out);
      case RunResult.Failed failed -> table.find(failed.code()).exit();
      case RunResult.Parked parked -> parked(parked.reason());
      case RunResult.Paused paused -> table.find(paused.code()).exit();
      case RunResult.Interrupted stopped -> table.find(stopped.code()).exit();
    };
  }

  /// How a process ends that only watched the run that ended like this, or stopped.
  public ExitCode exit(Outcome outcome, Terminal.Channel out, ErrorTable table) {
    var reason = outcome.waitsFor();
    var failure = outcome.failure();
    if (reason != null) {
      return parked(reason);
    }
    if (failure != null) {
      return table.find(failure.code()).exit();
    }
    return switch (outcome.status()) {
      case "interrupted" -> ExitCode.INTERRUPTED;
      default -> outcome.losses().isEmpty() ? ExitCode.OK : losses(out);
    };
  }

  /// What the user must mend is a failure to those who only look at the exit code (D73); what time
  /// mends is a wait.
  private static ExitCode parked(ParkReason reason) {
    return switch (reason) {
      case PROVIDER -> ExitCode.FAILURE;
      case USAGE_LIMIT, TIMER, GATE -> ExitCode.PARKED;
    };
  }

  private ExitCode losses(Terminal.Channel out) {
    return switch (this) {
      case ALLOW -> ExitCode.OK;
      case STRICT -> ExitCode.LOSSES;
      case USUAL -> out == Terminal.Channel.TERMINAL ? ExitCode.OK : ExitCode.LOSSES;
    };
  }
}
