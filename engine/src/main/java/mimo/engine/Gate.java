package mimo.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A question to people that a run waits for, as long as it takes (D53).
///
/// @param question as people read it
/// @param schema what an answer must satisfy, as JSON text
/// @param fallback what counts if nobody answers, as JSON text; null if nothing does
/// @param patience how long an answer may take; null for ever
/// @param unattended what happens where nobody watches
public record Gate(
    String question,
    String schema,
    @Nullable String fallback,
    @Nullable Duration patience,
    Unattended unattended) {

  /// How the step of a gate fails that nobody has answered in time.
  public static final String EXPIRED = "gate_expired";

  /// How it fails where nobody watches, if it is to.
  public static final String UNATTENDED = "gate_unattended";

  /// What becomes of a question that is asked where nobody watches.
  public enum Unattended {
    /// It waits until somebody comes.
    WAITS,
    /// The fallback counts at once.
    FALLS_BACK,
    /// Its step fails at once.
    FAILS
  }

  public Gate {
    if (patience != null && patience.isNegative()) {
      throw new IllegalArgumentException("patience " + patience + " must not be negative");
    }
  }
}
