package mimo.engine.session;

import java.time.Instant;
import java.util.Map;
import mimo.engine.SessionId;
import mimo.engine.journal.SessionOpening.Fork;
import org.jspecify.annotations.Nullable;

/// One session, seen from afar.
///
/// @param about what its owner says of it, as JSON text
/// @param opened when it began
/// @param used when something was last said in it
/// @param counts how many entries of each type it holds
/// @param fork what it shares with another session; null if nothing
/// @param damage why it cannot be read; empty if it can
public record SessionSummary(
    SessionId id,
    String about,
    Instant opened,
    Instant used,
    Map<String, Long> counts,
    @Nullable Fork fork,
    String damage) {

  public SessionSummary {
    counts = Map.copyOf(counts);
  }

  static SessionSummary damaged(SessionId id, String damage) {
    return new SessionSummary(id, "{}", Instant.EPOCH, Instant.EPOCH, Map.of(), null, damage);
  }

  /// How many entries of `type` it holds.
  public long count(String type) {
    return counts.getOrDefault(type, 0L);
  }
}
