package mimo.compose;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells which agents of a run have another model than when it began. Another model gives another
/// answer, so what is asked for is not the same (D30).
public interface ModelChange {

  /// Nobody has changed anything.
  ModelChange NONE =
      new ModelChange() {
        @Override
        public Optional<String> of(
            @Nullable String asked, @Nullable String agentType, @Nullable String usual) {
          return Optional.empty();
        }

        @Override
        public Optional<String> ofAny() {
          return Optional.empty();
        }
      };

  /// The model an agent has now; empty if it is the one it had at the run's beginning.
  ///
  /// @param asked what the call names; null for nothing
  /// @param agentType the named agent it is; null for none
  /// @param usual the model of the script that calls; null for the run's own
  Optional<String> of(@Nullable String asked, @Nullable String agentType, @Nullable String usual);

  /// What is another now, in words, if some agent may have another model than at the run's
  /// beginning.
  Optional<String> ofAny();
}
