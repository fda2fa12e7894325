package mimo.engine.reuse;

import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.WrittenEntry;

/// An entry and where it is stored.
///
/// @param number of its record in the stream
/// @param shared whether it is another run's, which this one was forked off
public record Located(WrittenEntry written, StreamId stream, long number, boolean shared) {

  public JournalEntry entry() {
    return written.entry();
  }

  Located asShared() {
    return new Located(written, stream, number, true);
  }
}
