package mimo.engine.archive;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.journal.Chain;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.Scrubbed;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.WordRemoval;

/// Takes words out of what a run has written down, for good (D71). Thread-safe.
public final class RunScrub {

  private final Journal journal;
  private final InstantSource clock;

  public RunScrub(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /// Rewrites a run and the sessions of its steps. It can be continued then, but not resumed
  /// exactly, and says so in its last entry.
  ///
  /// @param words and what stands there instead
  /// @return whether any of them was in it
  /// @throws mimo.engine.EngineException.LeaseRefused `run_live` if some process works on it
  public boolean scrub(RunId run, Map<String, String> words) {
    var removal = new WordRemoval(words);
    var own = StreamId.run(run);
    var concerned = new HashSet<StreamId>();
    var streams = new ArrayList<StreamId>();
    journal.streams(StreamId.SESSION).stream()
        .filter(session -> session.name().startsWith(run.value() + "-"))
        .forEach(streams::add);
    streams.add(own);
    for (var stream : streams) {
      var now = records(stream);
      if (now.stream().anyMatch(record -> record.concerns(removal::concerns))
          && !without(stream, now, removal, own).equals(now)) {
        concerned.add(stream);
      }
    }
    if (concerned.isEmpty()) {
      return false;
    }
    // The run's own stream says it also for its sessions.
    concerned.add(own);
    streams.retainAll(concerned);
    journal.rewrite(streams, (stream, records) -> clean(stream, records, removal, own));
    return true;
  }

  private List<JournalRecord> clean(
      StreamId stream, List<JournalRecord> records, WordRemoval removal, StreamId own) {
    var clean = new ArrayList<>(without(stream, records, removal, own));
    if (stream.equals(own)) {
      var heads = new Scrubbed(Chain.head(stream, records), Chain.head(stream, clean));
      clean.add(new JournalCodec(removal, clock).encode(heads).record());
    }
    return clean;
  }

  private List<JournalRecord> without(
      StreamId stream, List<JournalRecord> records, WordRemoval removal, StreamId own) {
    var codec = new JournalCodec(removal, clock);
    var clean = new ArrayList<JournalRecord>();
    for (var record : records) {
      clean.add(record.concerns(removal::concerns) ? clean(stream, record, codec, own) : record);
    }
    return clean;
  }

  private static JournalRecord clean(
      StreamId stream, JournalRecord record, JournalCodec codec, StreamId own) {
    return stream.equals(own)
        ? codec.encode(JournalCodec.decodeWritten(record)).record()
        : codec.sessions().encode(SessionCodec.decode(record)).record();
  }

  private List<JournalRecord> records(StreamId stream) {
    var records = new ArrayList<JournalRecord>();
    List<JournalRecord> page;
    do {
      page = journal.read(stream, records.size() + 1L, EngineLimits.READ_PAGE);
      records.addAll(page);
    } while (page.size() == EngineLimits.READ_PAGE);
    return records;
  }
}
