package mimo.cli.command;

import mimo.cli.error.CommandException;
import mimo.engine.Attendance;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Whether a command stays with a run that has to wait (D52, A83).
public enum Presence {
  /// On a terminal it stays, elsewhere the run parks.
  USUAL,
  /// It stays anywhere.
  STAYS,
  /// The run parks anywhere.
  LEAVES;

  /// Adds `--wait` and `--detach`.
  public static void add(CommandSpec spec) {
    spec.addOption(
        Options.flag("--wait", "Stay while the run waits for people, a moment or a provider."));
    spec.addOption(
        Options.flag("--detach", "Park the run when it has to wait, also on a terminal."));
  }

  /// What the command line says.
  public static Presence of(ParseResult words) {
    boolean stays = words.hasMatchedOption("--wait");
    boolean leaves = words.hasMatchedOption("--detach");
    if (stays && leaves) {
      throw new CommandException("usage", "--wait and --detach contradict");
    }
    return stays ? STAYS : leaves ? LEAVES : USUAL;
  }

  /// @param watched whether somebody sits at a terminal
  Attendance attendance(boolean watched) {
    return switch (this) {
      case LEAVES -> Attendance.UNATTENDED;
      case USUAL -> watched ? Attendance.WATCHED : Attendance.UNATTENDED;
      case STAYS -> watched ? Attendance.WATCHED : Attendance.WAITING;
    };
  }
}
