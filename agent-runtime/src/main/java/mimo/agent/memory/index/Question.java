package mimo.agent.memory.index;

import java.time.Instant;
import java.util.Map;

/// What is looked for.
///
/// @param words in any language; no character has a meaning of its own
/// @param among the documents that may be shown, and how much each counts for its scope
/// @param now against which age counts
/// @param limit sections at most
public record Question(String words, Map<String, Double> among, Instant now, int limit) {
  public Question {
    among = Map.copyOf(among);
  }
}
