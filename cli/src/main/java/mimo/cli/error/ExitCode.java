package mimo.cli.error;

import java.util.List;

/// What the shell sees (A67). The order of the constants is the precedence of A68: when several
/// apply, the first one counts.
public enum ExitCode {
  /// Bad flag or configuration.
  USAGE(2),
  /// INT, TERM or HUP; the run can be resumed.
  INTERRUPTED(130),
  /// Waits on a person, a timer or a limit; the run can be resumed later.
  PARKED(75),
  /// Turns, money, tokens or time are used up.
  BUDGET(5),
  /// A tool call was not permitted.
  DENIED(6),
  /// The goal is not met, or nobody could tell.
  GOAL(4),
  /// Some agents were lost.
  LOSSES(3),
  /// Any other error.
  FAILURE(1),
  /// Done.
  OK(0);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// The one that counts among several that apply; [#OK] if none does.
  public static ExitCode of(List<ExitCode> applying) {
    return applying.stream().min(ExitCode::compareTo).orElse(OK);
  }
}
