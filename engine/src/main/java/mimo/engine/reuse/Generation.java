package mimo.engine.reuse;

import java.util.List;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.OptionsChanged;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.StreamId;

/// One numbering within a run, from its beginning to the next one's.
///
/// @param located its entries in order: first the beginning, then what a fork shares, then its own
public record Generation(RunStarted started, List<Located> located) {

  public Generation {
    located = List.copyOf(located);
  }

  public int number() {
    return started.generation();
  }

  /// Whether it is stored in this stream.
  boolean isOf(StreamId stream) {
    return !located.isEmpty() && located.getFirst().stream().equals(stream);
  }

  public List<JournalEntry> entries() {
    return located.stream().map(Located::entry).toList();
  }

  /// What it was started with, and what of that has changed since (D19).
  public RunRequest request() {
    var request = started.request();
    for (var each : located) {
      if (each.entry() instanceof OptionsChanged(_, RunSettings now, _)) {
        request = now.in(request);
      }
    }
    return request;
  }
}
