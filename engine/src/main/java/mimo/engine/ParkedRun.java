package mimo.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run that waits, and until when.
///
/// @param entry the number of the entry that says so: another one if it has parked anew since
/// @param until null if only somebody's deed ends it
public record ParkedRun(RunId id, long entry, ParkReason reason, @Nullable Instant until) {

  /// Whether the moment, the answer or the end of the limit that it waited for has come. Where
  /// somebody must mend something it never comes by itself.
  public boolean isDue(Instant now) {
    return goesOnByItself() && until != null && !until.isAfter(now);
  }

  /// Whether time or an answer can make it due.
  public boolean goesOnByItself() {
    return switch (reason) {
      case TIMER, GATE, USAGE_LIMIT -> true;
      case PROVIDER -> false;
    };
  }
}
