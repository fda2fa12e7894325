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
