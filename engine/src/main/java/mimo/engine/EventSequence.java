package mimo.engine;

import java.time.Instant;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.WrittenEntry;

/// Gives the entries of a run, taken in their order, their places as events. Confined to one
/// thread.
final class EventSequence {

  private final RunId run;
  private int generation;
  private Instant last = Instant.EPOCH;

  /// @param generation the one at work before the first entry that is taken
  EventSequence(RunId run, int generation) {
    this.run = run;
    this.generation = generation;
  }

  RunId run() {
    return run;
  }

  RecordedEvent take(long number, WrittenEntry written) {
    if (written.entry() instanceof JournalEntry.RunStarted started) {
      generation = started.generation();
    }
    last = time(written);
    var event = EventProjection.of(written.entry());
    return new RecordedEvent(run, generation, number, last, event);
  }

  /// What an earlier mimo wrote has no time of its own, or only some of it.
  private Instant time(WrittenEntry written) {
    var at = written.at();
    if (at != null) {
      return at;
    }
    return switch (written.entry()) {
      case JournalEntry.RunStarted started -> started.at();
      case JournalEntry.Delivered delivered -> delivered.clock();
      case JournalEntry.RunResumed resumed -> resumed.at();
      case JournalEntry.RunParked parked -> parked.at();
      case JournalEntry.RunEnded ended -> ended.at();
      case JournalEntry _ -> last;
    };
  }
}
