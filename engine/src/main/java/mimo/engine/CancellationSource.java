package mimo.engine;

import java.util.ArrayList;
import java.util.List;

/// A token together with the means to cancel it. Thread-safe.
public final class CancellationSource implements CancellationToken {

  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /// Cancels the token and runs the registered actions on this thread. Later calls do nothing.
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
    due.forEach(Runnable::run);
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
