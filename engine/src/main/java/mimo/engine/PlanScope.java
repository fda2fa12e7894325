package mimo.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
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

  private static final String NO_REPORT = "{}";

  private final RunLineage lineage;
  private final RunRequest request;
  private final EnginePorts ports;
  private final JournalCodec codec;
  private final RecordedSteps recorded;
  private final Claims claims;
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
    this.recall = new Recall(claims);
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
    int seq = ++lastSeq;
    open++;
    int occurrence = asked.merge(asking.key().value() + " " + asking.path(), 1, Integer::sum) - 1;
    var stored = (StepScheduled) codec.encode(new StepScheduled(seq, asking, occurrence)).stored();
    if (Claims.runsLive(asking.kind())) {
      notes.asked(stored);
      look(stored, asking);
      return seq;
    }
    var answer = recall.answer(stored);
    if (answer.isEmpty()) {
      notes.asked(stored);
    } else {
      notes.answered(stored, answer.get());
      owe(answer.get());
    }
    return seq;
  }

  private void owe(SettledEntry end) {
    if (!recall.expect(end)) {
      others.add(end);
    }
  }

  /// What looks at the world runs now, and keeps its place.
  private void look(StepScheduled stored, ActivityRequest asking) {
    var end = (SettledEntry) codec.encode(looked(stored.seq(), asking)).stored();
    if (claims.handed(stored).isPresent()) {
      recall.expectLive(stored);
      recall.keep(List.of(end));
    } else {
      others.add(end);
    }
  }

  private SettledEntry looked(int seq, ActivityRequest asking) {
    var reader = ports.activities().get(asking.kind());
    if (reader == null) {
      return failed(seq, "not_available", "No activity performs this kind of step.");
    }
    try {
      return switch (reader.perform(asking, new Here(seq))) {
        case ActivityResult.Completed(var value, var report, _) ->
            new StepCompleted(seq, value, Map.of(), report);
        case ActivityResult.Failed(var code, var message, _) -> failed(seq, code, message);
        case ActivityResult.Suspended(_, var code, var message, _) -> failed(seq, code, message);
        case ActivityResult.Cancelled _ -> failed(seq, "cancelled", "stopped");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(seq, "cancelled", "stopped");
    }
  }

  private static SettledEntry failed(int seq, String code, String message) {
    return new StepFailed(seq, code, message, Map.of(), NO_REPORT);
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

  /// A step that only looks.
  private record Here(int seq) implements ActivityContext {
    @Override
    public RunId run() {
      throw new IllegalStateException("a plan is no run");
    }

    @Override
    public CancellationToken cancellation() {
      return CancellationToken.never();
    }

    @Override
    public void charge(Map<String, Long> usage) {
      throw new IllegalStateException("a plan has nothing to charge: " + usage);
    }

    @Override
    public Allowance allowance() {
      return Allowance.UNLIMITED;
    }

    @Override
    public Optional<String> memo(int seq) {
      return Optional.empty();
    }

    @Override
    public Session session() {
      return Session.unrecorded();
    }
  }
}
