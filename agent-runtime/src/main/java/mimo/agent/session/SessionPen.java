package mimo.agent.session;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.session.SessionFact.Began;
import mimo.engine.Session;
import org.jspecify.annotations.Nullable;

/// Writes the facts of one session, and how it began before any other. Thread-safe.
final class SessionPen {

  private final ReentrantLock lock = new ReentrantLock();
  private final Session journal;
  private final Consumer<SessionFact> written;
  private @Nullable Began due;
  private boolean used;

  /// @param used whether the session holds something already
  SessionPen(Session journal, boolean used) {
    this(journal, used, _ -> {});
  }

  /// @param written hears of each fact in its turn, as any later reader will see it
  SessionPen(Session journal, boolean used, Consumer<SessionFact> written) {
    this.journal = journal;
    this.used = used;
    this.written = written;
  }

  /// This comes first, once there is something to write.
  void begin(Began first) {
    lock.lock();
    try {
      due = used ? null : first;
    } finally {
      lock.unlock();
    }
  }

  /// Writes a fact, and returns it as any later reader will see it.
  SessionFact write(SessionFact fact) {
    lock.lock();
    try {
      used = true;
      if (due != null) {
        FactCodec.append(journal, due);
        due = null;
      }
      var stored = FactCodec.append(journal, fact);
      written.accept(stored);
      return stored;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the session holds something.
  boolean used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  void awaitDurable() throws InterruptedException {
    journal.awaitDurable();
  }
}
