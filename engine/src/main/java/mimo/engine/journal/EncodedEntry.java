package mimo.engine.journal;

/// An entry ready to be appended.
///
/// @param stored the entry as any later reader will see it: redacted (D7, D11)
/// @param record the same, as the store takes it
public record EncodedEntry(JournalEntry stored, JournalRecord record) {}
