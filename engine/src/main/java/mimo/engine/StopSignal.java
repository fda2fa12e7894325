package mimo.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stops a run, once: the first reason stands, but who wants it stopped for good has his way after
/// one who only wants it to pause. Thread-safe.
final class StopSignal {

  private final AtomicReference<@Nullable StopReason> reason = new AtomicReference<>();
  private final CancellationSource source = new CancellationSource();
  private final CancellationSource overridden = new CancellationSource();

  void request(StopReason why) {
    var before = reason.getAndUpdate(first -> stands(first, why) ? first : why);
    if (before == null) {
      source.cancel();
    } else if (!stands(before, why)) {
      overridden.cancel();
    }
  }

  private static boolean stands(@Nullable StopReason first, StopReason why) {
    return first != null && !(why instanceof StopReason.Cancelled && first.isForNow());
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

  /// Cancelled when a run that was stopping for now is stopped for good after all.
  CancellationToken overridden() {
    return overridden;
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
