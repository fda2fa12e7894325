package mimo.engine;

/// A settled step as the journal holds it: redacted, and equal live and replayed (D7).
public sealed interface StepOutcome {

  /// The step has a value.
  ///
  /// @param value the stored JSON text
  record Completed(String value) implements StepOutcome {}

  /// The step has none.
  ///
  /// @param code a snake_case name
  /// @param message one sentence for people
  record Failed(String code, String message) implements StepOutcome {}
}
