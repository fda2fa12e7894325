package mimo.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a run waits for, where none of it is anybody's work (D52).
public record Standstill(List<Cause> causes) {

  public Standstill {
    causes = List.copyOf(causes);
  }

  /// What one open step waits for.
  public sealed interface Cause {

    int seq();

    /// A few words for people.
    String label();

    /// When it ends by itself; null if it does not.
    @Nullable Instant until();

    /// A moment.
    record Time(int seq, String label, Instant until) implements Cause {}

    /// An answer.
    ///
    /// @param until until when it may come; null for ever
    record Answer(int seq, String label, Gate gate, @Nullable Instant until) implements Cause {}

    /// The end of a provider's limit on use.
    record Limit(int seq, String label, String code, String message, Instant until)
        implements Cause {}
  }
}
