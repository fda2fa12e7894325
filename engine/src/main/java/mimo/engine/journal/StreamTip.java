package mimo.engine.journal;

/// The last entry of a stream.
///
/// @param number of the entry, and so how many there are
public record StreamTip(StreamId stream, long number, JournalRecord record) {}
