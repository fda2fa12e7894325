package mimo.engine.archive;

import java.util.List;
import mimo.engine.SessionId;
import mimo.engine.archive.ArchivedRun.ArchivedStream;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;

/// All of one session that belongs to no run, out of its store.
///
/// @param records from its opening on
public record ArchivedSession(SessionId id, List<JournalRecord> records) {

  public ArchivedSession {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("session " + id + " has no beginning");
    }
  }

  ArchivedStream stream() {
    return new ArchivedStream(StreamId.chat(id), records);
  }
}
