package mimo.agent.provider;

import org.jspecify.annotations.Nullable;

/// Finds the model a name means. Thread-safe.
public interface ModelResolver {

  /// Finds the model, or says why there is none.
  ///
  /// @param reference `provider/id`, an alias, or null for the default model
  Resolution resolve(@Nullable String reference);

  /// The same for an agent that asks: where several models would do, one at the same provider as
  /// its own is preferred (A18).
  ///
  /// @param caller the model of whoever asks, as a reference; null for the user's own
  default Resolution resolve(@Nullable String reference, @Nullable String caller) {
    return resolve(reference);
  }

  /// Whether a name means a model of its own: it is `provider/id`, or mapped to one. Any other name
  /// is resolved to the default model.
  default boolean maps(String name) {
    return true;
  }
}
