package mimo.engine.journal;

import java.util.Map;

/// A stream seen from afar: its two ends, and how many entries of each type lie between.
public record StreamOutline(
    StreamId stream, JournalRecord first, JournalRecord last, Map<String, Long> counts) {

  public StreamOutline {
    counts = Map.copyOf(counts);
  }

  /// How many entries of `type` the stream holds.
  public int count(String type) {
    return Math.toIntExact(counts.getOrDefault(type, 0L));
  }
}
