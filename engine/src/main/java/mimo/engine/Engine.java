package mimo.engine;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.BudgetOpened;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.StepSpent;
import mimo.engine.journal.Lease;
import mimo.engine.journal.ReplayCursor;
import mimo.engine.journal.StreamId;

/// Starts runs, takes interrupted ones up again, and tells what is known of any. Thread-safe.
public final class Engine implements AutoCloseable {

  /// The version written into every run.
  public static final String VERSION = "0.1.0";

  private static final int SEED_BYTES = 32;

  private final EnginePorts ports;
  private final RunHistory history;
  private final Map<RunId, Run> live = new ConcurrentHashMap<>();

  /// The engine closes the journal and the scheduler when it closes.
  public Engine(EnginePorts ports) {
    this.ports = ports;
    this.history = new RunHistory(ports.journal());
  }

  /// Starts a run. It is durable when this returns: from here it survives a power cut.
  ///
  /// @throws EngineException if it cannot be written
  public Run start(RunRequest request, Workflow workflow, RunListener listener)
      throws InterruptedException {
    var id = RunId.random(ports.random());
    var at = ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var key = hex(SEED_BYTES);
    var asked =
        new RunStarted(request, hex(SEED_BYTES), key, VERSION, ResumeCheck.DETERMINISM, 0, at);
    var codec = new JournalCodec(ports.redaction().forRun(key));
    var entry = codec.encode(asked);
    var started = (RunStarted) entry.stored();
    var lease = ports.journal().acquire(StreamId.run(id));
    var opening = new Opened(lease, codec, request.deadline(), request.deadline());
    var execution = execution(id, opening, listener, new Budget(request.budget()));
    try {
      execution.journal().appendAndWait(List.of(entry));
    } catch (EngineException | InterruptedException e) {
      execution.giveUp();
      throw e;
    }
    var nothing = new ReplayCursor(List.of());
    var past = new JournaledScope.Past(id, started, nothing, new JournaledScope.Beginning.Fresh());
    return launch(execution, workflow, past);
  }

  /// Takes an interrupted run up again, exactly where it stopped: recorded steps are not run again,
  /// and the workflow cannot tell the difference (D19 to D23).
  ///
  /// @param request must equal what the run was started with
  /// @throws EngineException.ResumeRefused if it is unknown, has ended, or is asked for differently
  /// @throws EngineException.LeaseRefused `run_live` if another process works on it
  public Run resume(RunId id, RunRequest request, Workflow workflow, RunListener listener) {
    var started = history.started(id);
    var redactor = ports.redaction().forRun(started.placeholderKey());
    var lease = ports.journal().acquire(StreamId.run(id));
    try {
      var entries = history.entries(id);
      new ResumeCheck(id, started, redactor).permit(entries, request);
      var codec = new JournalCodec(redactor);
      var budget = new Budget(started.request().budget());
      restore(budget, entries);
      var beginning = new JournaledScope.Beginning.Resumed(lease.setAside());
      var replay = new ReplayCursor(entries);
      var past = new JournaledScope.Past(id, started, replay, beginning);
      var left = started.request().deadline().minus(WorkedTime.of(entries));
      var opened = new Opened(lease, codec, started.request().deadline(), left);
      var execution = execution(id, opened, listener, budget);
      execution.journal().remember(entries);
      return launch(execution, workflow, past);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private Run launch(RunExecution execution, Workflow workflow, JournaledScope.Past past) {
    var run = execution.start(workflow, past, () -> live.remove(past.id()));
    live.put(past.id(), run);
    if (run.isDone()) {
      live.remove(past.id());
    }
    return run;
  }

  /// A run that this process owns, and the time that is left for it.
  private record Opened(Lease lease, JournalCodec codec, Duration deadline, Duration left) {}

  private RunExecution execution(RunId id, Opened opened, RunListener listener, Budget budget) {
    var head = opened.lease().head();
    var events = new EventDispatcher(id, listener, head, from -> history.page(id, from));
    var opening =
        new RunExecution.Opening(
            opened.lease(), events, opened.codec(), opened.deadline(), opened.left());
    return new RunExecution(id, ports, opening, budget);
  }

  private static void restore(Budget budget, List<JournalEntry> entries) {
    var asked = new HashMap<Integer, ActivityRequest>();
    var open = new HashMap<Integer, List<Map<String, Long>>>();
    for (var entry : entries) {
      switch (entry) {
        case BudgetOpened(_, var parent, var name, var limit) -> budget.open(parent, name, limit);
        case StepScheduled(var seq, var request, _) -> asked.put(seq, request);
        case StepSpent(var seq, var usage) ->
            open.computeIfAbsent(seq, _ -> new ArrayList<>()).add(usage);
        case SettledEntry end when asked.containsKey(end.seq()) -> {
          // It has the sum of what its step used.
          open.remove(end.seq());
          var request = asked.get(end.seq());
          budget.restore(request.kind(), request.budget(), end.usage());
        }
        case JournalEntry _ -> {}
      }
    }
    open.forEach((seq, attempts) -> {
      var number = asked.containsKey(seq) ? asked.get(seq).budget() : Budget.RUN;
      attempts.forEach(usage -> budget.restoreCutOff(number, usage));
    });
  }

  private String hex(int bytes) {
    var random = new byte[bytes];
    ports.random().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /// All runs of the store, the newest first.
  public List<RunSummary> list() {
    return history.list();
  }

  /// The one run whose id begins with `prefix`.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown` or `run_ambiguous`
  public RunId find(String prefix) {
    return history.find(prefix);
  }

  /// Everything that happened in a run so far, in order; the first has number 1.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public List<RunEvent> events(RunId id) {
    return history.entries(id).stream().map(EventProjection::of).toList();
  }

  /// The questions a run has asked so far, in order.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public List<AskedGate> gates(RunId id) {
    return AskedGates.of(history.entries(id));
  }

  /// What a run was started with, as it is stored.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public RunRequest started(RunId id) {
    return history.started(id).request();
  }

  /// Interrupts the runs of this process, waits for them, then closes scheduler and journal.
  @Override
  public void close() {
    live.values().forEach(run -> run.interrupt("interrupted", "The engine was closed."));
    var deadline = System.nanoTime() + EngineLimits.CLOSE_PATIENCE.toNanos();
    live.values().forEach(run -> run.awaitUntil(deadline));
    ports.scheduler().close();
    ports.journal().close();
  }
}
