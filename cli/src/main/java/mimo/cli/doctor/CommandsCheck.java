package mimo.cli.doctor;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import mimo.agent.command.ChosenConfinement;

/// Whether commands of agents are walled in, proven by trying what the walls must refuse (A62).
public record CommandsCheck(Proof proof) implements Check {

  /// What was found out.
  ///
  /// @param walls those that commands run within
  /// @param faults what walls that seem to stand let through
  /// @param refused variables the user named and commands do not get
  public record Found(ChosenConfinement walls, List<String> faults, List<String> refused) {

    public Found {
      faults = List.copyOf(faults);
      refused = List.copyOf(refused);
    }
  }

  /// Tries the walls.
  @FunctionalInterface
  public interface Proof {
    Found tried() throws IOException, InterruptedException;
  }

  @Override
  public String area() {
    return "commands";
  }

  @Override
  public List<Finding> look() throws IOException, InterruptedException {
    var found = proof.tried();
    var refused =
        found.refused().stream().map(reason -> Finding.warn(area(), reason, UNSET)).toList();
    return Stream.concat(Stream.of(walls(found)), refused.stream()).toList();
  }

  private static final String UNSET = "take it out of sandbox.environment.";
  private static final String INSTALL =
      "install bubblewrap, and let it make user namespaces; until then agents ask before each"
          + " command.";
  private static final String SWITCH_ON = "take sandbox.mode out of the configuration.";

  private Finding walls(Found found) {
    var walls = found.walls();
    return switch (walls.standing()) {
      case CONFINED ->
          found.faults().isEmpty()
              ? Finding.ok(
                  area(),
                  walls.confinement().name()
                      + ": a write outside the workspace, a look into the home and a connection"
                      + " are refused")
              : Finding.fail(
                  area(),
                  "the sandbox does not hold: " + String.join("; ", found.faults()),
                  "set sandbox.mode to off, or report this.");
      case SWITCHED_OFF ->
          Finding.warn(
              area(),
              "the sandbox is switched off: commands of agents have all rights you have, and what"
                  + " they leave running is looked for as best one can",
              SWITCH_ON);
      case UNAVAILABLE ->
          Finding.warn(area(), "commands of agents cannot be walled in: " + walls.why(), INSTALL);
    };
  }
}
