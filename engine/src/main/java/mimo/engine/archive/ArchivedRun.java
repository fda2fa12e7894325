package mimo.engine.archive;

import java.util.List;
import java.util.Optional;
import mimo.engine.RunId;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;

/// All of one run, out of its store.
///
/// @param streams of the runs it was forked off what it shares of them, then the sessions of its
///   steps, and last its own
/// @param scripts the texts of its program, as far as they were at hand
public record ArchivedRun(RunId run, List<ArchivedStream> streams, List<ArchivedScript> scripts) {

  public ArchivedRun {
    streams = List.copyOf(streams);
    scripts = List.copyOf(scripts);
    if (streams.isEmpty() || !streams.getLast().id().equals(StreamId.run(run))) {
      throw new IllegalArgumentException("the last stream of an archive is that of run " + run);
    }
  }

  /// One stream from its first record on.
  public record ArchivedStream(StreamId id, List<JournalRecord> records) {
    public ArchivedStream {
      records = List.copyOf(records);
    }
  }

  /// One text of the program.
  ///
  /// @param location where it was found
  /// @param sha256 what the run was started with; the text may have been cleaned since
  public record ArchivedScript(String location, String sha256, String text) {}

  /// Some records of one of its streams, as [mimo.engine.journal.Journal#read] does.
  public List<JournalRecord> read(StreamId stream, long from, int atMost) {
    return streams.stream()
        .filter(each -> each.id().equals(stream))
        .flatMap(each -> each.records().stream())
        .skip(from - 1)
        .limit(atMost)
        .toList();
  }

  /// The text of the program's file that was found there.
  public Optional<String> text(String location) {
    return scripts.stream()
        .filter(script -> script.location().equals(location))
        .map(ArchivedScript::text)
        .findFirst();
  }
}
