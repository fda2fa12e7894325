package mimo.engine;

import java.util.ArrayList;
import java.util.List;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;

/// Reads whole sessions, whoever writes them (D44). Thread-safe.
record SessionReader(Journal journal) {

  /// Everything a session holds; nothing if there is none.
  List<SessionEntry> read(StreamId stream) {
    var entries = new ArrayList<SessionEntry>();
    List<JournalRecord> page;
    do {
      page = journal.read(stream, entries.size() + 1L, EngineLimits.READ_PAGE);
      page.forEach(record -> entries.add(SessionCodec.decode(record)));
    } while (page.size() == EngineLimits.READ_PAGE);
    return List.copyOf(entries);
  }
}
