package mimo.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.engine.EngineException.DeterminismViolation;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.BudgetOpened;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.PhaseEntered;
import mimo.engine.journal.JournalEntry.ProgramEntry;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.ReplayCursor;
import org.jspecify.annotations.Nullable;

/// What a workflow sees of a run that is only a record. Confined to one thread.
final class RecordedScope implements RunScope {

  private final RunId run;
  private final RunStarted started;
  private final ReplayCursor record;
  private final JournalCodec codec;
  private final boolean open;
  private final Map<String, Integer> asked = new HashMap<>();
  private int steps;
  private int budgets;
  private int waiting;

  /// The record of a run that never came to an end of its own has been used up.
  static final class RecordUsedUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  RecordedScope(RunId run, List<JournalEntry> entries, JournalCodec codec) {
    this.run = run;
    this.started = RunHistory.started(run, entries.getFirst());
    this.record = new ReplayCursor(entries);
    this.codec = codec;
    var end = end(entries);
    this.open = end == null || end.status() != RunEvent.Status.COMPLETED;
  }

  /// How the run ended; null if it has no end.
  static @Nullable RunEnded end(List<JournalEntry> entries) {
    for (var entry : entries.reversed()) {
      if (!(entry instanceof JournalEntry.Scrubbed)) {
        return entry instanceof RunEnded ended ? ended : null;
      }
    }
    return null;
  }

  int steps() {
    return steps;
  }

  private void happen(JournalEntry asked) {
    var act = (ProgramEntry) codec.encode(asked).stored();
    var recorded = record.next();
    if (recorded.isEmpty()) {
      throw beyond(act);
    }
    if (!Acts.sameIn(started, recorded.get(), act)) {
      throw Divergence.between(run, recorded.get(), act);
    }
    record.advance();
  }

  private RuntimeException beyond(ProgramEntry act) {
    return open ? new RecordUsedUp() : Divergence.beyond(run, act);
  }

  @Override
  public int schedule(ActivityRequest request) {
    steps++;
    int occurrence = asked.merge(request.key().value() + " " + request.path(), 1, Integer::sum) - 1;
    happen(new StepScheduled(steps, request, occurrence));
    waiting++;
    return steps;
  }

  @Override
  public Entrance enter(ActivityRequest request) {
    if (!ResumeCheck.countsNested(started)) {
      return new Entrance.Entered(0);
    }
    int part = schedule(request);
    if (record.isAnswered(part)) {
      return new Entrance.Answered(part);
    }
    waiting--;
    return new Entrance.Entered(part);
  }

  @Override
  public void abandon(int seq) {
    // What came of it is in the record.
  }

  @Override
  public void log(String text) {
    happen(new LogWritten(text));
  }

  @Override
  public void enterPhase(String title) {
    happen(new PhaseEntered(title));
  }

  @Override
  public int openBudget(int parent, String name, BudgetLimit.Total limit) {
    budgets++;
    happen(new BudgetOpened(budgets, parent, name, limit));
    return budgets;
  }

  @Override
  public int openSteps() {
    return waiting;
  }

  @Override
  public List<Delivery> awaitDeliveries() {
    var recorded = record.next();
    if (recorded.isEmpty() && open) {
      throw new RecordUsedUp();
    }
    if (recorded.isEmpty()) {
      throw new DeterminismViolation(
          "run " + run + ": the script waits for results, the journal holds nothing more");
    }
    if (!(recorded.get() instanceof Delivered(var seqs, var clock, var spent))) {
      throw Divergence.waiting(run, recorded.get());
    }
    var deliveries = new ArrayList<Delivery>();
    for (var seq : seqs) {
      var outcome = JournaledScope.outcome(record.settlement(seq));
      deliveries.add(new Delivery(seq, outcome, clock, spent));
    }
    record.advance();
    waiting -= deliveries.size();
    return List.copyOf(deliveries);
  }

  /// The workflow has ended; it must not have left a part of its record untouched.
  void end() {
    var recorded = record.next();
    if (recorded.isPresent()) {
      throw Divergence.ended(run, recorded.get(), record.remaining());
    }
  }

  @Override
  public RunId id() {
    return run;
  }

  @Override
  public String arguments() {
    return started.request().arguments();
  }

  @Override
  public String seed() {
    return started.seed();
  }

  @Override
  public Instant startedAt() {
    return started.begun();
  }

  @Override
  public CancellationToken cancellation() {
    return CancellationToken.never();
  }
}
