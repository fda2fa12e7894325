package mimo.sandbox;

import java.time.Instant;

/// One running script. Confined to one thread, but for [Sandbox#close], which ends it from any.
public interface Guest {

  /// Waits for the next thing the guest does. After [GuestEvent.Idle] nothing comes before the next
  /// [#settle].
  ///
  /// @throws SandboxException if the guest hit a limit, broke the protocol, or its process died
  /// @throws InterruptedException if the calling thread is interrupted
  GuestEvent next() throws InterruptedException;

  /// Answers one call. The guest runs until nothing in it can run any more; take what it does with
  /// [#next] until [GuestEvent.Idle] before settling another.
  void settle(int call, Settlement settlement);

  /// An answer to a call, and the guest's clock and spending from then on.
  sealed interface Settlement {

    Instant clock();

    long spent();

    /// The call's promise resolves to `value`, JSON text.
    record Resolved(String value, Instant clock, long spent) implements Settlement {}

    /// The call's promise rejects with a `WorkflowError`.
    record Rejected(String code, String message, Instant clock, long spent) implements Settlement {}
  }
}
