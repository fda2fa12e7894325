package mimo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.JournalEntry.BudgetOpened;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.OptionsChanged;
import mimo.engine.journal.JournalEntry.PhaseEntered;
import mimo.engine.journal.JournalEntry.ProgramEntry;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.TimerFired;
import mimo.engine.journal.ReplayCursor;
import org.jspecify.annotations.Nullable;

/// What a workflow sees of the engine: first its recorded past, then the live world, without a
/// seam. Confined to the run's thread.
///
/// Every call becomes an entry. While the journal still holds entries the new one must equal the
/// next of them, and nothing happens; after that it is appended, and things happen.
final class JournaledScope implements RunScope {

  private final Past past;
  private final ReplayCursor replay;
  private final Lifeline line;
  private final WaitPlans plans;
  private final OpenSteps open;
  private final Map<String, Integer> asked = new HashMap<>();

  private final Unfinished rest;
  private final Recall recall;
  private final LogicalClock clock;
  private int lastSeq;
  private int budgets;
  private boolean goingOn;

  /// What is already known of the run.
  ///
  /// @param started how its latest generation began
  /// @param replay what its latest generation has come to
  /// @param recall what earlier ones have to give
  record Past(
      RunId id, RunStarted started, ReplayCursor replay, Recall recall, Beginning beginning) {}

  /// How this process came by the run.
  sealed interface Beginning {
    record Fresh() implements Beginning {}

    /// It is new, and shares the past of another one.
    record Forked() implements Beginning {}

    /// @param changed what is not as it was; null if all is
    record Resumed(int setAside, @Nullable OptionsChanged changed) implements Beginning {}
  }

  /// What the scope needs of its run.
  ///
  /// @param live to be told once the past has happened again, and steps can be reached
  record Lifeline(
      RunJournal journal,
      Settlements settlements,
      Bodies bodies,
      Waits waits,
      OpenSteps open,
      Budget budget,
      StopSignal stop,
      Runnable live) {}

  JournaledScope(Past past, Lifeline line, WaitPlans plans, InstantSource time) {
    this.past = past;
    this.replay = past.replay();
    this.line = line;
    this.plans = plans;
    this.open = line.open();
    this.clock = new LogicalClock(time, past.started().begun());
    this.recall = past.recall();
    this.rest = new Unfinished(past, line, plans, clock);
    this.goingOn = past.beginning() instanceof Beginning.Fresh;
    if (goingOn) {
      line.live().run();
    }
  }

  @Override
  public int schedule(ActivityRequest request) {
    line.stop().refuseIfBroken();
    var seq = ++lastSeq;
    var step = new Step(past.id(), seq, request, line.bodies().stops());
    var entry = line.journal().encode(new StepScheduled(seq, request, occurrence(request)));
    open.add(step);
    if (replay.caughtUp()) {
      goOn();
      ask(entry, step);
    } else {
      happen(entry);
    }
    return seq;
  }

  /// The step only waits: what for is written together with it.
  private void begin(EncodedEntry scheduled, Wait.Recorded wait) {
    var entries = List.of(scheduled, line.journal().encode(wait.entry()));
    line.journal().append(entries, () -> line.waits().add(List.of(wait)));
  }

  /// Something new: it is answered from an earlier generation, or its body starts.
  private void ask(EncodedEntry entry, Step step) {
    if (isAnswered(entry)) {
      return;
    }
    recall.expectLive((StepScheduled) entry.stored());
    if (step.request().kind().isWait()) {
      begin(entry, plans.fresh(step, clock.now()));
    } else {
      line.journal().append(List.of(entry), () -> line.bodies().start(step));
    }
  }

  /// Answers an open step from an earlier generation, if one has an answer.
  private boolean isAnswered(EncodedEntry entry) {
    var answer = recall.answer((StepScheduled) entry.stored());
    answer.ifPresent(once -> {
      var end = line.journal().encode(once);
      line.journal().append(List.of(entry, end), () -> {});
      owe(List.of((SettledEntry) end.stored()));
    });
    return answer.isPresent();
  }

  @Override
  public Entrance enter(ActivityRequest request) {
    if (!ResumeCheck.countsNested(past.started())) {
      return new Entrance.Entered(0);
    }
    line.stop().refuseIfBroken();
    var seq = ++lastSeq;
    var entry = line.journal().encode(new StepScheduled(seq, request, occurrence(request)));
    open.addPart(seq);
    if (!isOver(entry, seq)) {
      return new Entrance.Entered(seq);
    }
    open.add(new Step(past.id(), seq, request, line.bodies().stops()));
    return new Entrance.Answered(seq);
  }

  /// Whether a part need not happen, as the journal says or says from now on.
  private boolean isOver(EncodedEntry entry, int seq) {
    if (!replay.caughtUp()) {
      happen(entry);
      return replay.isAnswered(seq);
    }
    goOn();
    boolean answered = isAnswered(entry);
    if (!answered) {
      line.journal().append(List.of(entry), () -> {});
    }
    return answered;
  }

  @Override
  public void leave(int part, StepOutcome outcome) {
    line.stop().refuseIfBroken();
    if (part == 0 || replay.hasEnded(part)) {
      return;
    }
    rest.leaveTrace();
    var end =
        switch (outcome) {
          case StepOutcome.Completed(var value) ->
              new StepCompleted(part, value, Map.of(), Step.NO_REPORT);
          case StepOutcome.Failed(var code, var message) ->
              new StepFailed(part, code, message, Map.of(), Step.NO_REPORT);
        };
    // The value follows from what is durable, and whatever follows from it is written later.
    line.journal().append(List.of(line.journal().encode(end)), () -> {});
  }

  /// These have ended, and the workflow has not got them. Nobody can stop them any more.
  private void owe(List<SettledEntry> ends) {
    for (var end : ends) {
      open.get(end.seq()).ifPresent(step -> step.conclude(Optional.of(end)));
    }
    line.settlements().restore(ends.stream().filter(end -> !recall.expect(end)).toList());
  }

  @Override
  public void abandon(int seq) {
    var step = open.get(seq);
    if (step.isEmpty()) {
      return;
    }
    if (goingOn) {
      rest.drop(step.get());
    } else {
      rest.abandon(seq);
    }
  }

  @Override
  public void log(String text) {
    line.stop().refuseIfBroken();
    happen(line.journal().encode(new LogWritten(text)));
  }

  @Override
  public int openBudget(int parent, String name, BudgetLimit.Total limit) {
    line.stop().refuseIfBroken();
    if (budgets == EngineLimits.SUB_BUDGETS) {
      throw new IllegalStateException("a run opens at most " + budgets + " budgets");
    }
    var number = ++budgets;
    happen(line.journal().encode(new BudgetOpened(number, parent, name, limit)));
    // What the journal knew of was open, and charged, before the workflow began again.
    if (!line.budget().has(number)) {
      line.budget().open(parent, name, limit);
    }
    return number;
  }

  @Override
  public void enterPhase(String title) {
    line.stop().refuseIfBroken();
    happen(line.journal().encode(new PhaseEntered(title)));
  }

  /// The workflow acts: again, if the journal says so, else for the first time.
  private void happen(EncodedEntry requested) {
    var recorded = replay.next();
    if (recorded.isEmpty()) {
      rest.leaveTrace();
      line.journal().append(List.of(requested), () -> {});
      return;
    }
    var act = (ProgramEntry) requested.stored();
    if (!Acts.sameIn(past.started(), recorded.get(), act)) {
      throw diverged(Divergence.between(past.id(), recorded.get(), act));
    }
    replay.advance();
  }

  /// The workflow asks for more, or waits: what was open when the run was cut off goes on. Not
  /// before, for a workflow that is about to end has no use for what it abandoned.
  private void goOn() {
    if (goingOn) {
      return;
    }
    goingOn = true;
    owe(replay.undelivered());
    replay.open().forEach(recall::expectLive);
    rest.goOn();
    line.live().run();
  }

  @Override
  public int openSteps() {
    return open.size();
  }

  @Override
  public List<Delivery> awaitDeliveries() throws InterruptedException {
    line.stop().refuseIfBroken();
    if (open.isEmpty()) {
      throw new IllegalStateException("no step is open, so no result can come");
    }
    if (!replay.caughtUp()) {
      return recordedDeliveries();
    }
    goOn();
    return recall.isOwed() ? rememberedDelivery() : liveDeliveries();
  }

  private List<Delivery> recordedDeliveries() {
    var recorded = replay.next().orElseThrow();
    if (!(recorded instanceof Delivered delivered)) {
      throw diverged(Divergence.waiting(past.id(), recorded));
    }
    var settled = delivered.seqs().stream().map(replay::settlement).toList();
    replay.advance();
    return handOver(settled, delivered);
  }

  /// What was handed over before is so again, with the clock of then. Nobody waits until the entry
  /// is durable unless the value is new: nothing that comes of it can become durable earlier.
  private List<Delivery> rememberedDelivery() throws InterruptedException {
    var due = recall.next();
    var arrived = recall.take(due.seq());
    while (arrived.isEmpty()) {
      recall.keep(journaled(take()));
      arrived = recall.take(due.seq());
    }
    var end = arrived.get();
    var when = due.handed();
    var delivered =
        new Delivered(List.of(end.seq()), clock.atLeast(when.clock()), clock.atLeast(when.spent()));
    var entries = List.of(line.journal().encode(delivered));
    if (end instanceof StepCompleted done && done.reused() != null) {
      line.journal().append(entries, () -> {});
    } else {
      line.journal().appendAndWait(entries);
      line.stop().refuseIfBroken();
    }
    return handOver(List.of(end), delivered);
  }

  private List<SettledEntry> journaled(List<Settlements.Arrival> arrivals) {
    for (var arrival : arrivals) {
      if (arrival instanceof Settlements.Arrival.Fresh(var encoded)) {
        line.journal().append(List.of(encoded), () -> {});
      }
    }
    return arrivals.stream().map(Settlements.Arrival::entry).toList();
  }

  /// Waits until something has settled: the run rests if all that is open does.
  private List<Settlements.Arrival> take() throws InterruptedException {
    line.waits().awaits(open.size());
    var arrivals = line.settlements().take();
    line.waits().goesOn();
    return arrivals;
  }

  /// What arrived while something recorded was waited for is the first of what is new.
  private List<Settlements.Arrival> arrivals() throws InterruptedException {
    var others = recall.others();
    return others.isEmpty()
        ? take()
        : others.stream().<Settlements.Arrival>map(Settlements.Arrival.Journaled::new).toList();
  }

  private List<Delivery> liveDeliveries() throws InterruptedException {
    var arrivals = arrivals();
    var settled = arrivals.stream().map(Settlements.Arrival::entry).toList();
    var seqs = settled.stream().map(SettledEntry::seq).toList();
    var delivered = new Delivered(seqs, clock.now(), clock.atLeast(line.budget().spent()));
    var entries = new ArrayList<EncodedEntry>();
    for (var arrival : arrivals) {
      if (arrival instanceof Settlements.Arrival.Fresh(var encoded)) {
        entries.add(encoded);
      }
    }
    line.waits().takeRests().forEach(waited -> entries.add(line.journal().encode(waited)));
    entries.add(line.journal().encode(delivered));
    line.journal().appendAndWait(entries);
    // Not before: what the run broke of may leave these results sound, and they are paid for.
    line.stop().refuseIfBroken();
    return handOver(settled, delivered);
  }

  private List<Delivery> handOver(List<SettledEntry> settled, Delivered delivered) {
    clock.set(delivered);
    var deliveries = new ArrayList<Delivery>();
    for (var entry : settled) {
      open.remove(entry.seq());
      deliveries.add(
          new Delivery(entry.seq(), outcome(entry), delivered.clock(), delivered.spent()));
    }
    return List.copyOf(deliveries);
  }

  static StepOutcome outcome(SettledEntry entry) {
    return switch (entry) {
      case TimerFired _ -> new StepOutcome.Completed("null");
      case GateAnswered(_, var answer, _) -> new StepOutcome.Completed(answer.value());
      case StepCompleted(_, var value, _, _, _, _) -> new StepOutcome.Completed(value);
      case StepFailed(_, var code, var message, _, _) -> new StepOutcome.Failed(code, message);
    };
  }

  private int occurrence(ActivityRequest request) {
    return asked.merge(request.key().value() + " " + request.path(), 1, Integer::sum) - 1;
  }

  /// The workflow has ended; it must not have left a part of its past untouched.
  void end() {
    line.stop().refuseIfBroken();
    var recorded = replay.next();
    if (recorded.isPresent()) {
      throw diverged(Divergence.ended(past.id(), recorded.get(), replay.remaining()));
    }
    rest.leaveTrace();
  }

  /// Breaks the run even if the workflow should swallow the exception.
  private EngineException diverged(EngineException violation) {
    line.stop().request(new StopReason.Broken(violation));
    return violation;
  }

  @Override
  public RunId id() {
    return past.id();
  }

  @Override
  public String arguments() {
    return past.started().request().arguments();
  }

  @Override
  public String seed() {
    return past.started().seed();
  }

  @Override
  public Instant startedAt() {
    return past.started().begun();
  }

  @Override
  public CancellationToken cancellation() {
    return line.stop().token();
  }
}
