package mimo.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.reuse.Claims;
import mimo.engine.reuse.RecordedSteps;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.RunLineage;

/// Runs a workflow on what is recorded of its run, and holds each branch where it asks for
/// something new (D37). Confined to the caller's thread.
///
/// A run that is continued hands over all that is recorded before anything new. So up to the moment
/// where everything is held, it does the very same.
final class PlanScope implements RunScope {

  private final RunLineage lineage;
  private final RunRequest request;
  private final EnginePorts ports;
  private final JournalCodec codec;
  private final RecordedSteps recorded;
  private final Claims claims;
  private final Looks looks;
  private final Recall recall;
  private final ReusePlan.Notes notes;
  private final Map<String, Integer> asked = new HashMap<>();

  /// What has ended and has no place in the recorded order.
  private final Queue<SettledEntry> others = new ArrayDeque<>();

  private int lastSeq;
  private int open;
  private int budgets;
  private Instant clock;
  private long spent;

  PlanScope(RunLineage lineage, RunRequest request, EnginePorts ports) {
    this.lineage = lineage;
    this.request = request;
    this.ports = ports;
    var started = lineage.latest().started();
    this.codec =
        new JournalCodec(ports.redaction().forRun(started.placeholderKey()), ports.clock());
    this.recorded = new RecordedSteps(lineage.generations());
    this.claims = new Claims(recorded);
    this.looks = new Looks(ports.activities());
    this.recall = new Recall(claims, looks);
    this.notes = new ReusePlan.Notes();
    this.clock = started.begun();
  }

  /// Lets the workflow go as far as the record reaches.
  ///
  /// @return whether it came to its end
  boolean runs(Workflow workflow) {
    try {
      workflow.execute(this);
      return true;
    } catch (InterruptedException held) {
      // Thrown below once every branch waits for something new: there is nothing more to see.
      return false;
    }
  }

  /// @param ended whether the workflow came to its end
  /// @param live whether somebody works on the run
  ReusePlan plan(boolean ended, boolean live) {
    return notes.plan(lineage, recorded, claims, new ReusePlan.Reach(ended, live));
  }

  @Override
  public int schedule(ActivityRequest asking) {
    var stored = stored(asking);
    open++;
    if (Claims.runsLive(asking.kind())) {
      notes.asked(stored);
      look(stored, asking);
    } else {
      var _ = isAnswered(stored);
    }
    return stored.seq();
  }

  private StepScheduled stored(ActivityRequest asking) {
    int occurrence = asked.merge(asking.key().value() + " " + asking.path(), 1, Integer::sum) - 1;
    var step = new StepScheduled(++lastSeq, asking, occurrence);
    return (StepScheduled) codec.encode(step).stored();
  }

  private boolean isAnswered(StepScheduled stored) {
    var answer = recall.answer(stored);
    if (answer.isEmpty()) {
      notes.asked(stored);
    } else {
      notes.answered(stored, answer.get());
      owe(answer.get());
    }
    return answer.isPresent();
  }

  @Override
  public Entrance enter(ActivityRequest request) {
    var stored = stored(request);
    if (!isAnswered(stored)) {
      return new Entrance.Entered(stored.seq());
    }
    open++;
    return new Entrance.Answered(stored.seq());
  }

  private void owe(SettledEntry end) {
    if (!recall.expect(end)) {
      others.add(end);
    }
  }

  /// What looks at the world runs now, and keeps its place.
  private void look(StepScheduled stored, ActivityRequest asking) {
    var end = (SettledEntry) codec.encode(looks.look(stored.seq(), asking)).stored();
    if (claims.handed(stored).isPresent()) {
      recall.expectLive(stored);
      recall.keep(List.of(end));
    } else {
      others.add(end);
    }
  }

  @Override
  public List<Delivery> awaitDeliveries() throws InterruptedException {
    if (recall.isOwed()) {
      var due = recall.next();
      var end = recall.take(due.seq()).orElseThrow();
      var when = due.handed();
      clock = when.clock().isAfter(clock) ? when.clock() : clock;
      spent = Math.max(spent, when.spent());
      return List.of(delivery(end));
    }
    var end = others.poll();
    if (end == null) {
      throw new InterruptedException("every branch waits for a step that is to run");
    }
    var now = ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    clock = now.isAfter(clock) ? now : clock;
    return List.of(delivery(end));
  }

  private Delivery delivery(SettledEntry end) {
    open--;
    return new Delivery(end.seq(), JournaledScope.outcome(end), clock, spent);
  }

  @Override
  public RunId id() {
    return lineage.run();
  }

  @Override
  public String arguments() {
    return request.arguments();
  }

  @Override
  public String seed() {
    return lineage.latest().started().seed();
  }

  @Override
  public Instant startedAt() {
    return lineage.latest().started().begun();
  }

  @Override
  public void abandon(int seq) {
    // What is held does not run, and the rest has ended.
  }

  @Override
  public void log(String text) {
    // A plan is not written anywhere.
  }

  @Override
  public void enterPhase(String title) {
    // Nor is anything shown of it.
  }

  @Override
  public int openBudget(int parent, String name, BudgetLimit.Total limit) {
    return ++budgets;
  }

  @Override
  public int openSteps() {
    return open;
  }

  @Override
  public CancellationToken cancellation() {
    return CancellationToken.never();
  }
}
