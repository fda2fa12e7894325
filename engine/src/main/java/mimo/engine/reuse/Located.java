package mimo.engine.reuse;

import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.StreamId;

/// An entry and where it is stored.
///
/// @param number of its record in the stream
/// @param shared whether it is another run's, which this one was forked off
public record Located(JournalEntry entry, StreamId stream, long number, boolean shared) {

  Located asShared() {
    return new Located(entry, stream, number, true);
  }
}
