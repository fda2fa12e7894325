package mimo.agent.provider;

import org.jspecify.annotations.Nullable;

/// Finds the model a name means. Thread-safe.
public interface ModelResolver {

  /// Finds the model, or says why there is none.
  ///
  /// @param reference `provider/id`, an alias, or null for the default model
  Resolution resolve(@Nullable String reference);
}
