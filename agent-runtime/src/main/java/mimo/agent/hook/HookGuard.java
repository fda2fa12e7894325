package mimo.agent.hook;

import java.util.Optional;

/// Says whether what a hook runs is still what the user has agreed to (A89). Thread-safe.
@FunctionalInterface
public interface HookGuard {

  /// Why it must not run; empty if it may. Asked before each run.
  Optional<String> objection();

  /// Nothing can stand against it.
  HookGuard NONE = Optional::empty;
}
