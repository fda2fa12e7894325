package mimo.engine.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry ready to be appended.
///
/// @param stored the entry as any later reader will see it: redacted (D7, D11)
/// @param at when it is written; null if nobody knows any more
/// @param record the same, as the store takes it
public record EncodedEntry(JournalEntry stored, @Nullable Instant at, JournalRecord record) {

  /// The entry as it is read back later.
  public WrittenEntry written() {
    return new WrittenEntry(stored, at);
  }
}
