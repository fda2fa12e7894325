package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mimo.engine.journal.JournalEntry;

/// How long processes have worked on a run, as its journal tells (L102).
///
/// Only the stretches count in which some process had the run: from its start, or from its
/// resumption, to the last thing that happened before the next one. What a run waits parked, or
/// lies there after a crash, is nobody's work; nor is it to wait in a process that stays.
final class WorkedTime {

  private Duration sum = Duration.ZERO;
  private Instant since = Instant.MIN;
  private Instant last = Instant.MIN;

  private WorkedTime() {}

  static Duration of(List<JournalEntry> entries) {
    var time = new WorkedTime();
    for (var entry : entries) {
      switch (entry) {
        case JournalEntry.RunStarted started -> time.begin(started.at());
        case JournalEntry.RunResumed(var at, _) -> time.begin(at);
        // What is handed over again has the clock of then.
        case JournalEntry.Delivered(_, var clock, _) when clock.isAfter(time.last) ->
            time.last = clock;
        case JournalEntry.RunParked parked -> time.last = parked.at();
        case JournalEntry.RunWaited(var from, var to) -> time.rest(from, to);
        case JournalEntry _ -> {}
      }
    }
    return time.all();
  }

  private void begin(Instant at) {
    sum = all();
    since = at;
    last = at;
  }

  /// Who only waits does not work. The stretch goes on behind it.
  private void rest(Instant from, Instant to) {
    last = from.isBefore(last) ? last : from;
    begin(to);
  }

  private Duration all() {
    return sum.plus(Duration.between(since, last));
  }
}
