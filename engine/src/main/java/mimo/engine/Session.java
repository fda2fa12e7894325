package mimo.engine;

import java.time.Instant;
import java.util.List;
import mimo.engine.journal.SessionEntry;

/// What the body of one step writes down while it works, and finds again after a crash (D25). The
/// engine does not know what the entries mean. Thread-safe.
public interface Session {

  /// Everything that was written down for this step, by this process or an earlier one, in order,
  /// as it is stored.
  ///
  /// @throws EngineException.StoreFailure if it cannot be read
  List<SessionEntry> recorded() throws InterruptedException;

  /// Writes something down, redacted, and does not wait until it is durable. But nothing that is
  /// written later, here or in the step's end, is durable without it.
  ///
  /// @param type a snake_case word
  /// @param json JSON text
  /// @return the entry as any later reader will see it
  /// @throws IllegalArgumentException if the text is not JSON
  SessionEntry append(String type, String json);

  /// Waits until everything written down so far is durable: before anything acts on it.
  ///
  /// @throws EngineException if it cannot become so
  void awaitDurable() throws InterruptedException;

  /// The session of work that nobody will ever take up again: nothing is kept.
  static Session unrecorded() {
    return new Session() {
      @Override
      public List<SessionEntry> recorded() {
        return List.of();
      }

      @Override
      public SessionEntry append(String type, String json) {
        return new SessionEntry(type, json, Instant.EPOCH);
      }

      @Override
      public void awaitDurable() {}
    };
  }
}
