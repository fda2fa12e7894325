package mimo.engine;

/// What became of a control request. Each is applied or refused once.
public sealed interface ControlOutcome {

  /// Nobody has acted on it yet; whoever owns the run, or takes it up next, will.
  record Open() implements ControlOutcome {}

  /// It was done, and the run's journal says so.
  record Applied() implements ControlOutcome {}

  /// It cannot be done any more, or could not from the start.
  ///
  /// @param code a snake_case name, for example `delivered`
  record Refused(String code, String message) implements ControlOutcome {}
}
