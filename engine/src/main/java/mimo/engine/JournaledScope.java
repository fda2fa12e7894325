package mimo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.JournalEntry.BudgetOpened;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.OptionsChanged;
import mimo.engine.journal.JournalEntry.PhaseEntered;
import mimo.engine.journal.JournalEntry.ProgramEntry;
import mimo.engine.journal.JournalEntry.RunResumed;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.TimerFired;
import mimo.engine.journal.ReplayCursor;
import mimo.engine.redaction.Placeholders;
import mimo.engine.reuse.Claims;
import org.jspecify.annotations.Nullable;

/// What a workflow sees of the engine: first its recorded past, then the live world, without a
/// seam. Confined to the run's thread.
///
/// Every call becomes an entry. While the journal still holds entries the new one must equal the
/// next of them, and nothing happens; after that it is appended, and things happen.
final class JournaledScope implements RunScope {

  /// What was asked is not wholly known any more, and guessing it could do harm (D69).
  private static final String CUT_OFF =
      "The step was cut off, and a secret in what it was asked is not stored.";

  private final Past past;
  private final ReplayCursor replay;
  private final Lifeline line;
  private final WaitPlans plans;
  private final InstantSource time;
  private final OpenSteps open;
  private final Map<String, Integer> asked = new HashMap<>();

  /// Steps of the past that nobody wants any more.
  private final Set<Integer> abandoned = new HashSet<>();

  private final Recall recall;
  private int lastSeq;
  private int budgets;
  private Instant clock;
  private long spent;
  private boolean traced;
  private boolean goingOn;

  /// What is already known of the run.
  ///
  /// @param started how its latest generation began
  /// @param replay what its latest generation has come to
  /// @param claims what earlier ones have to give
  record Past(
      RunId id, RunStarted started, ReplayCursor replay, Claims claims, Beginning beginning) {}

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
    this.time = time;
    this.clock = past.started().begun();
    this.recall = new Recall(past.claims());
    this.traced = !(past.beginning() instanceof Beginning.Resumed);
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
    var asked = (StepScheduled) entry.stored();
    var answer = recall.answer(asked);
    if (answer.isEmpty()) {
      recall.expectLive(asked);
      if (step.request().kind().isWait()) {
        begin(entry, plans.fresh(step, now()));
      } else {
        line.journal().append(List.of(entry), () -> line.bodies().start(step));
      }
      return;
    }
    var end = line.journal().encode(answer.get());
    line.journal().append(List.of(entry, end), () -> {});
    owe(List.of((SettledEntry) end.stored()));
  }

  /// These have ended, and the workflow has not got them.
  private void owe(List<SettledEntry> ends) {
    line.settlements().restore(ends.stream().filter(end -> !recall.expect(end)).toList());
  }

  @Override
  public void abandon(int seq) {
    var step = open.get(seq);
    if (step.isEmpty()) {
      return;
    }
    if (goingOn) {
      drop(step.get());
    } else {
      abandoned.add(seq);
    }
  }

  private void drop(Step step) {
    if (!line.waits().drop(step) && !step.request().kind().isWait()) {
      line.bodies().drop(step);
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
      leaveTrace();
      line.journal().append(List.of(requested), () -> {});
      return;
    }
    var act = (ProgramEntry) requested.stored();
    if (!sameAct(recorded.get(), act) && !sameButForOptions(recorded.get(), act)) {
      throw diverged(Divergence.between(past.id(), recorded.get(), act));
    }
    replay.advance();
  }

  static boolean sameAct(ProgramEntry recorded, ProgramEntry requested) {
    return switch (recorded) {
      case StepScheduled(_, var before, _) ->
          requested instanceof StepScheduled(_, var now, _)
              && before.kind() == now.kind()
              && (before.key().equals(now.key()) || sameButForSecrets(before, now));
      case LogWritten(var before) ->
          requested instanceof LogWritten(var now) && Placeholders.mayBeEqual(before, now);
      case PhaseEntered(var before) ->
          requested instanceof PhaseEntered(var now) && Placeholders.mayBeEqual(before, now);
      case BudgetOpened before ->
          requested instanceof BudgetOpened now
              && before.parent() == now.parent()
              && before.limit().equals(now.limit())
              && Placeholders.mayBeEqual(before.name(), now.name());
      case Delivered _ -> false;
    };
  }

  /// A fork's options may differ from those its source was asked with, and count from the cut on;
  /// they may be part of keys, and what was asked is equal all the same (D38).
  private boolean sameButForOptions(ProgramEntry recorded, ProgramEntry requested) {
    return past.started().origin() instanceof RunOrigin.Forked
        && recorded instanceof StepScheduled(_, var before, _)
        && requested instanceof StepScheduled(_, var now, _)
        && before.kind() == now.kind()
        && before.input().equals(now.input());
  }

  /// A key is computed from what is asked, secrets and all; the journal has only what was stored.
  private static boolean sameButForSecrets(ActivityRequest before, ActivityRequest now) {
    return (Placeholders.in(before.input()) || Placeholders.in(now.input()))
        && Placeholders.mayBeEqual(before.input(), now.input());
  }

  /// The past has happened again, and the workflow goes on. Only now does the resume leave a trace:
  /// had the workflow left its course before, there would be none (D23).
  private void leaveTrace() {
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
    var resumed = line.journal().encode(new RunResumed(now(), setAside));
    return changed == null ? List.of(resumed) : List.of(resumed, line.journal().encode(changed));
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
    var unknown = new ArrayList<Step>();
    var again = new ArrayList<Step>();
    var waiting = new ArrayList<Step>();
    for (var scheduled : replay.unsettled()) {
      var seq = scheduled.seq();
      var step = opened(seq).anew(replay.restarts(seq), replay.spent(seq));
      open.replace(step);
      if (step.request().kind().isWait()) {
        waiting.add(step);
      } else {
        (Placeholders.in(scheduled.request().input()) ? unknown : again).add(step);
      }
    }
    abandoned.stream().map(open::get).flatMap(Optional::stream).forEach(this::drop);
    line.journal().append(trace(), () -> again.forEach(line.bodies()::start));
    waitAgain(waiting);
    unknown.forEach(this::giveUp);
    line.live().run();
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
      var wait = plans.again(step, recorded.orElse(null), now());
      waits.add(wait);
      if (recorded.isEmpty()) {
        missing.add(line.journal().encode(wait.entry()));
      }
    }
    line.journal().append(missing, () -> line.waits().add(waits));
  }

  private Step opened(int seq) {
    return open.get(seq)
        .orElseThrow(() -> new IllegalStateException("step " + seq + " is not open"));
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
    var delivered = new Delivered(List.of(end.seq()), atLeast(when.clock()), spent(when.spent()));
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
    var delivered = new Delivered(seqs, now(), spent(line.budget().spent()));
    var entries = new ArrayList<EncodedEntry>();
    for (var arrival : arrivals) {
      if (arrival instanceof Settlements.Arrival.Fresh(var encoded)) {
        entries.add(encoded);
      }
    }
    line.waits().takeRests().forEach(rest -> entries.add(line.journal().encode(rest)));
    entries.add(line.journal().encode(delivered));
    line.journal().appendAndWait(entries);
    // Not before: what the run broke of may leave these results sound, and they are paid for.
    line.stop().refuseIfBroken();
    return handOver(settled, delivered);
  }

  private List<Delivery> handOver(List<SettledEntry> settled, Delivered delivered) {
    clock = delivered.clock();
    spent = delivered.spent();
    var deliveries = new ArrayList<Delivery>();
    for (var entry : settled) {
      open.remove(entry.seq());
      deliveries.add(new Delivery(entry.seq(), outcome(entry), clock, delivered.spent()));
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

  /// The logical time: the world's, but never before what the workflow has already seen.
  private Instant now() {
    return atLeast(time.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private Instant atLeast(Instant time) {
    return time.isBefore(clock) ? clock : time;
  }

  /// What was spent never becomes less either.
  private long spent(long amount) {
    return Math.max(spent, amount);
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
    leaveTrace();
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
