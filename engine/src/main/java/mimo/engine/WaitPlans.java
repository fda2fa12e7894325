package mimo.engine;

import java.time.Instant;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.GateOpened;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.TimerSet;
import mimo.engine.journal.JournalEntry.WaitEntry;
import mimo.engine.journal.WaitInput;
import org.jspecify.annotations.Nullable;

/// Makes waits of what steps ask for.
final class WaitPlans {

  private final Waiting waiting;

  WaitPlans(Waiting waiting) {
    this.waiting = waiting;
  }

  /// What a new step waits for.
  ///
  /// @param now the moment from which it counts
  /// @throws IllegalArgumentException if the input is none that the kind takes
  Wait.Recorded fresh(Step step, Instant now) {
    var request = step.request();
    if (request.kind() == StepKind.TIMER) {
      return new Wait.Timer(step, now.plus(WaitInput.delay(request.input())));
    }
    var gate = WaitInput.gate(request.input());
    var patience = gate.patience();
    return question(step, gate, patience == null ? null : now.plus(patience), now);
  }

  /// What a step of the past goes on to wait for.
  ///
  /// @param recorded how it waited before; null if a torn write has taken that along
  Wait.Recorded again(Step step, @Nullable WaitEntry recorded, Instant now) {
    return switch (recorded) {
      case TimerSet(_, var due) -> new Wait.Timer(step, due);
      case GateOpened opened ->
          question(step, WaitInput.gate(step.request().input()), opened.expiry(), now);
      case null -> fresh(step, now);
    };
  }

  private Wait.Question question(Step step, Gate gate, @Nullable Instant expiry, Instant now) {
    return new Wait.Question(step, gate, expiry, foregone(step, gate, now));
  }

  private @Nullable SettledEntry foregone(Step step, Gate gate, Instant now) {
    var unusable = waiting.answers().unusable(gate.schema());
    if (unusable.isPresent()) {
      return step.failed("schema_invalid", unusable.get());
    }
    var fallback = gate.fallback();
    if (fallback != null) {
      var misfit = waiting.answers().misfit(gate.schema(), fallback);
      if (misfit.isPresent()) {
        return step.failed("bad_argument", "The gate's default does not fit it: " + misfit.get());
      }
    }
    if (waiting.attendance() == Attendance.WATCHED) {
      return null;
    }
    return switch (gate.unattended()) {
      case WAITS -> null;
      case FALLS_BACK -> withoutAnswer(step, gate, "headless", now);
      case FAILS -> step.failed(Gate.UNATTENDED, "Nobody is there to answer: " + gate.question());
    };
  }

  /// What comes of a gate that nobody has answered in time.
  static SettledEntry withoutAnswer(Step step, Gate gate, String channel, Instant now) {
    var fallback = gate.fallback();
    return fallback == null
        ? step.failed(Gate.EXPIRED, "Nobody answered: " + gate.question())
        : new GateAnswered(step.seq(), new GateAnswer(fallback, "", channel), now);
  }
}
