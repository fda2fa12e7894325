package mimo.cli.error;

import org.jspecify.annotations.Nullable;

/// One row of the [ErrorTable].
///
/// @param number the stable number, shown as `MIMO-nnn`
/// @param name the stable snake_case name that specs and journals use
/// @param meaning one sentence
/// @param remedy what to do; may hold `{run}` for the run's id
/// @param exit how a command ends that ends with this error
public record ErrorEntry(int number, String name, String meaning, String remedy, ExitCode exit) {

  /// The stable head of the message, `MIMO-612 determinism_violation`.
  public String title() {
    return "MIMO-" + number + " " + name;
  }

  /// The remedy for one session: what goes on is the session, and not a run.
  public String remedyForSession(@Nullable String session) {
    var id = session == null ? "ID" : session;
    return remedy
        .replace("{run}", id)
        .replace("mimo runs resume " + id, "mimo run --session " + id)
        .replace("mimo runs show " + id, "mimo sessions show " + id);
  }

  /// The remedy for one run, or with the word RUN where none is known.
  public String remedyFor(@Nullable String run) {
    return remedy.replace("{run}", run == null ? "RUN" : run);
  }
}
