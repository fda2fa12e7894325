package mimo.engine.journal.archive;

import java.util.List;
import java.util.Optional;
import mimo.engine.RunId;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;

/// All of one run, out of its store.
///
/// @param streams its sessions, and last its own
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

  /// The records of the run itself.
  public List<JournalRecord> records() {
    return streams.getLast().records();
  }

  /// The text of the program's file that was found there.
  public Optional<String> text(String location) {
    return scripts.stream()
        .filter(script -> script.location().equals(location))
        .map(ArchivedScript::text)
        .findFirst();
  }
}
