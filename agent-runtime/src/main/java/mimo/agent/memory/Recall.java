package mimo.agent.memory;

import java.util.Optional;

/// What of the memory an agent begins with (M22). Thread-safe.
@FunctionalInterface
public interface Recall {

  /// For agents that remember nothing.
  Recall NOTHING = Optional::empty;

  /// What is remembered now; empty if nothing is.
  Optional<MemoryDigest> digest();
}
