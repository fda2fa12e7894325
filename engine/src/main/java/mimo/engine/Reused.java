package mimo.engine;

import java.util.Locale;

/// Says of a step that it did not run: what an earlier generation came to answers it, and costs
/// nothing again (D35).
///
/// @param from the step that once ran
public record Reused(StepRef from, Match match) {

  /// How the earlier step was recognised (D36).
  public enum Match {
    /// It was asked for by the same key at the same place.
    SAME,
    /// The same was asked for elsewhere, and only once (D32).
    MOVED,
    /// What was asked for is equal but for what the redactor removed (D70).
    REDACTION_CHANGED;

    /// The name used in journals, events and reports, for example `moved`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Reads what [#word] wrote.
    public static Match of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
