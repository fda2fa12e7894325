package mimo.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What the agents of one session have in common, whichever of them has the turn: its list of
/// tasks, what was heard in it, who writes its checkpoints. Each is made by the first who has a
/// need of it. Thread-safe.
public final class SessionKept {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Class<?>, Object> kept = new HashMap<>();

  /// The one of a type.
  ///
  /// @param maker makes it if there is none yet
  public <T> T of(Class<T> type, Supplier<T> maker) {
    lock.lock();
    try {
      return type.cast(kept.computeIfAbsent(type, _ -> maker.get()));
    } finally {
      lock.unlock();
    }
  }
}
