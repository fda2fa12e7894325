package mimo.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stops a run, once: the first reason stands. Thread-safe.
final class StopSignal {

  private final AtomicReference<@Nullable StopReason> reason = new AtomicReference<>();
  private final CancellationSource source = new CancellationSource();

  void request(StopReason why) {
    if (reason.compareAndSet(null, why)) {
      source.cancel();
    }
  }

  /// The same for a thread that must not wait, as the journal's is: the reason stands when this
  /// returns, and those who listen hear of it on another thread. One of them may just be waiting
  /// for a place in the journal's queue, with a lock in hand that the next listener needs.
  void requestWithoutWaiting(StopReason why) {
    if (reason.compareAndSet(null, why)) {
      Thread.startVirtualThread(source::cancel);
    }
  }

  CancellationToken token() {
    return source;
  }

  Optional<StopReason> reason() {
    return Optional.ofNullable(reason.get());
  }

  /// Throws what broke the run, if something did: nothing happens after that.
  void refuseIfBroken() {
    if (reason.get() instanceof StopReason.Broken(var cause)) {
      throw cause;
    }
  }
}
