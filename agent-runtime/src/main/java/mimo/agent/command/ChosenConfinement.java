package mimo.agent.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The walls that commands of a session run within, and why these.
///
/// @param confinement the walls
/// @param standing what may be allowed within them
/// @param why for people: what keeps better walls away; empty if nothing
public record ChosenConfinement(Confinement confinement, Standing standing, String why) {

  /// What the walls mean for permissions.
  public enum Standing {
    /// They stand: commands may be allowed as a whole.
    CONFINED,
    /// The user wants none, and takes what follows.
    SWITCHED_OFF,
    /// There are none although the user wants them: each command is asked for (A61).
    UNAVAILABLE
  }

  /// Those of bubblewrap where they work. To find out takes a moment.
  ///
  /// @param walls null where bubblewrap is not installed
  /// @param none what there is instead
  public static ChosenConfinement choose(@Nullable Bubblewrap walls, Unconfined none)
      throws InterruptedException {
    if (walls == null) {
      return new ChosenConfinement(none, Standing.UNAVAILABLE, "bubblewrap is not installed");
    }
    var fault = tried(walls);
    return fault.isEmpty()
        ? new ChosenConfinement(walls, Standing.CONFINED, "")
        : new ChosenConfinement(none, Standing.UNAVAILABLE, fault);
  }

  /// The trial leaves nothing behind.
  private static String tried(Bubblewrap walls) throws InterruptedException {
    var fault = walls.fault();
    try {
      walls.close();
    } catch (IOException left) {
      // Another process sweeps it away.
      return fault;
    }
    return fault;
  }

  /// None, by the user's word.
  public static ChosenConfinement switchedOff(Unconfined none) {
    return new ChosenConfinement(none, Standing.SWITCHED_OFF, "the user has switched it off");
  }

  /// For the status line and the record of a run.
  public String status() {
    return switch (standing) {
      case CONFINED -> "sandbox: " + confinement.name();
      case SWITCHED_OFF -> "sandbox: off";
      case UNAVAILABLE -> "sandbox: none";
    };
  }
}
