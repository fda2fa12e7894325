package mimo.engine;

import java.util.ArrayList;
import java.util.List;

/// A token together with the means to cancel it. Thread-safe.
public final class CancellationSource implements CancellationToken {

  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /// Cancels the token and runs the registered actions on this thread, all of them even if one
  /// fails; what the first one threw is thrown when all have run. Later calls do nothing.
  public void cancel() {
    List<Runnable> due;
    synchronized (actions) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    runAll(due);
  }

  private static void runAll(List<Runnable> due) {
    Throwable failure = null;
    for (var action : due) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        // A boundary: others wait for their stop too.
        if (failure == null) {
          failure = e;
        } else if (!failure.equals(e)) {
          failure.addSuppressed(e);
        }
      }
    }
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  @Override
  public boolean isCancelled() {
    synchronized (actions) {
      return cancelled;
    }
  }

  @Override
  public Registration onCancel(Runnable action) {
    synchronized (actions) {
      if (!cancelled) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  private void forget(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }
}
