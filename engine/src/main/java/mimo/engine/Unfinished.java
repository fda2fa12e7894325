package mimo.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mimo.engine.JournaledScope.Beginning;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.JournalEntry.RunResumed;
import mimo.engine.journal.ReplayCursor;
import mimo.engine.redaction.Placeholders;

/// What was under way when a run was cut off, and what becomes of it once its past has happened
/// again. Confined to the run's thread.
final class Unfinished {

  /// What was asked is not wholly known any more, and guessing it could do harm (D69).
  private static final String CUT_OFF =
      "The step was cut off, and a secret in what it was asked is not stored.";

  private final JournaledScope.Past past;
  private final ReplayCursor replay;
  private final JournaledScope.Lifeline line;
  private final WaitPlans plans;
  private final LogicalClock clock;

  /// Steps of the past that nobody wants any more.
  private final Set<Integer> abandoned = new HashSet<>();

  private boolean traced;

  Unfinished(
      JournaledScope.Past past, JournaledScope.Lifeline line, WaitPlans plans, LogicalClock clock) {
    this.past = past;
    this.replay = past.replay();
    this.line = line;
    this.plans = plans;
    this.clock = clock;
    this.traced = !(past.beginning() instanceof Beginning.Resumed);
  }

  /// Nobody wants this step any more, should it still be under way.
  void abandon(int seq) {
    abandoned.add(seq);
  }

  /// Ends a step that nobody wants any more.
  void drop(Step step) {
    if (!line.waits().drop(step) && !step.request().kind().isWait()) {
      line.bodies().drop(step);
    }
  }

  /// The past has happened again, and the workflow goes on. Only now does the resume leave a trace:
  /// had the workflow left its course before, there would be none (D23).
  void leaveTrace() {
    var trace = trace();
    if (!trace.isEmpty()) {
      line.journal().append(trace, () -> {});
    }
  }

  private List<EncodedEntry> trace() {
    if (traced || !(past.beginning() instanceof Beginning.Resumed(var setAside, var changed))) {
      return List.of();
    }
    traced = true;
    var resumed = line.journal().encode(new RunResumed(clock.now(), setAside));
    return changed == null ? List.of(resumed) : List.of(resumed, line.journal().encode(changed));
  }

  /// Steps that had not ended begin again, or go on waiting.
  void goOn() {
    var unknown = new ArrayList<Step>();
    var again = new ArrayList<Step>();
    var waiting = new ArrayList<Step>();
    for (var scheduled : replay.unsettled()) {
      var seq = scheduled.seq();
      var step = opened(seq).anew(replay.restarts(seq), replay.spent(seq));
      line.open().replace(step);
      if (step.request().kind().isWait()) {
        waiting.add(step);
      } else {
        (Placeholders.in(scheduled.request().input()) ? unknown : again).add(step);
      }
    }
    abandoned.stream().map(line.open()::get).flatMap(Optional::stream).forEach(this::drop);
    line.journal().append(trace(), () -> again.forEach(line.bodies()::start));
    waitAgain(waiting);
    unknown.forEach(this::giveUp);
  }

  private Step opened(int seq) {
    return line.open()
        .get(seq)
        .orElseThrow(() -> new IllegalStateException("step " + seq + " is not open"));
  }

  private void giveUp(Step step) {
    var end = step.failed("interrupted", CUT_OFF);
    var _ = step.conclude(Optional.of(end));
    line.settlements().settle(end);
  }

  /// All at once: what is overdue ends in the order in which it was due (D51).
  private void waitAgain(List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    var waits = new ArrayList<Wait.Recorded>();
    var missing = new ArrayList<EncodedEntry>();
    for (var step : steps) {
      var recorded = replay.waitOf(step.seq());
      var wait = plans.again(step, recorded.orElse(null), clock.now());
      waits.add(wait);
      if (recorded.isEmpty()) {
        missing.add(line.journal().encode(wait.entry()));
      }
    }
    line.journal().append(missing, () -> line.waits().add(waits));
  }
}
