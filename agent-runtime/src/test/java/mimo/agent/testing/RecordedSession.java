package mimo.agent.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import mimo.engine.Session;
import mimo.engine.journal.SessionEntry;

/// A session in memory. Thread-safe.
public final class RecordedSession implements Session {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<SessionEntry> entries = new ArrayList<>();
  private UnaryOperator<String> redaction = json -> json;

  /// The same, with what an earlier process wrote down.
  public RecordedSession holding(List<SessionEntry> before) {
    entries.addAll(before);
    return this;
  }

  /// The same, where what is written down is stored otherwise.
  public RecordedSession redacting(UnaryOperator<String> rule) {
    redaction = rule;
    return this;
  }

  @Override
  public List<SessionEntry> recorded() {
    lock.lock();
    try {
      return List.copyOf(entries);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SessionEntry append(String type, String json) {
    var entry = new SessionEntry(type, redaction.apply(json), Instant.EPOCH);
    lock.lock();
    try {
      entries.add(entry);
    } finally {
      lock.unlock();
    }
    return entry;
  }

  @Override
  public void awaitDurable() {}

  /// The types of all entries, in order.
  public List<String> types() {
    return recorded().stream().map(SessionEntry::type).toList();
  }
}
