package mimo.engine.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry as it is stored, and when it was written.
///
/// @param at null if an earlier mimo wrote it
public record WrittenEntry(JournalEntry entry, @Nullable Instant at) {}
