package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.WrittenEntry;
import org.jspecify.annotations.Nullable;

/// How long processes have worked on a run, as its journal tells (L102).
///
/// Only the stretches count in which some process had the run: from its start, or from its
/// resumption, to the last thing that was written before the next one. What a run waits parked or
/// paused, or lies there after a crash, is nobody's work; nor is it to wait in a process that
/// stays.
final class WorkedTime {

  private Duration sum = Duration.ZERO;
  private Instant since = Instant.MIN;
  private Instant last = Instant.MIN;

  private WorkedTime() {}

  static Duration of(List<WrittenEntry> entries) {
    var time = new WorkedTime();
    for (var written : entries) {
      switch (written.entry()) {
        case JournalEntry.RunStarted started -> time.begin(started.at());
        case JournalEntry.RunResumed(var at, _) -> time.begin(at);
        // What is handed over again has the clock of then, and is written now.
        case JournalEntry.Delivered(_, var clock, _) -> time.took(clock);
        case JournalEntry.RunParked parked -> time.took(parked.at());
        case JournalEntry.RunWaited(var from, var to) -> time.rest(from, to);
        // It ends a wait, or comes while nobody works on the run.
        case JournalEntry.TimerFired _, JournalEntry.GateAnswered _ -> {}
        case JournalEntry.StepFailed failed when failed.code().equals(Gate.EXPIRED) -> {}
        case JournalEntry.StepFailed failed when failed.code().equals("stopped") -> {}
        case JournalEntry.SettledEntry _, JournalEntry.ProgramEntry _, JournalEntry.StepSpent _ ->
            time.took(written.at());
        // What somebody asks of a run may be done while nobody works on it.
        case JournalEntry _ -> {}
      }
    }
    return time.all();
  }

  private void took(@Nullable Instant at) {
    if (at != null && at.isAfter(last)) {
      last = at;
    }
  }

  private void begin(Instant at) {
    sum = all();
    since = at;
    last = at;
  }

  /// Who only waits does not work. The stretch goes on behind it.
  private void rest(Instant from, Instant to) {
    last = from.isBefore(since) ? since : from;
    begin(to);
  }

  private Duration all() {
    return sum.plus(Duration.between(since, last));
  }
}
