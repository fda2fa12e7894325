package mimo.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/// Cancelled as soon as one of two tokens is. It registers nowhere before somebody asks to be told,
/// so that a run of many steps does not keep a list of them all.
final class EitherToken implements CancellationToken {

  private final CancellationToken one;
  private final CancellationToken other;

  EitherToken(CancellationToken one, CancellationToken other) {
    this.one = one;
    this.other = other;
  }

  @Override
  public boolean isCancelled() {
    return one.isCancelled() || other.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    var done = new AtomicBoolean();
    Runnable once =
        () -> {
          if (!done.getAndSet(true)) {
            action.run();
          }
        };
    var first = one.onCancel(once);
    var second = other.onCancel(once);
    return () -> {
      first.close();
      second.close();
    };
  }
}
