package mimo.agent.tool;

import mimo.engine.CancellationToken;

/// Programs of the user that are told of what one agent does, and may narrow what it may (A85,
/// A86). Thread-safe.
public interface Hooks {

  /// Nobody is told of anything.
  Hooks NONE = (_, _) -> HookAnswer.NOTHING;

  /// Tells them, one after the other, and waits for what they say.
  ///
  /// @throws InterruptedException if cancelled; what was running is then being stopped
  HookAnswer tell(HookMoment moment, CancellationToken cancellation) throws InterruptedException;
}
