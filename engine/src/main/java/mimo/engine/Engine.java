package mimo.engine;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.Lease;
import mimo.engine.journal.ReplayCursor;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.Redactor;

/// Starts runs, takes interrupted ones up again, and tells what is known of any. Thread-safe.
public final class Engine implements AutoCloseable {

  /// The version written into every run.
  public static final String VERSION = "0.1.0";

  private static final int SEED_BYTES = 32;

  private final EnginePorts ports;
  private final RunHistory history;
  private final ControlDesk desk;
  private final IdleRuns idle;
  private final Map<RunId, Run> live = new ConcurrentHashMap<>();

  /// The engine closes the journal and the scheduler when it closes.
  public Engine(EnginePorts ports) {
    this.ports = ports;
    this.history = new RunHistory(ports.journal());
    this.desk = new ControlDesk(ports.journal());
    this.idle = new IdleRuns(ports, history);
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
    var redactor = ports.redaction().forRun(key);
    var entry = new JournalCodec(redactor).encode(asked);
    var started = (RunStarted) entry.stored();
    var lease = ports.journal().acquire(StreamId.run(id));
    var opening = new Opened(lease, redactor, started, request.deadline());
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
      var budget = new Budget(started.request().budget());
      Spending.restore(budget, entries);
      var beginning = new JournaledScope.Beginning.Resumed(lease.setAside());
      var replay = new ReplayCursor(entries);
      var past = new JournaledScope.Past(id, started, replay, beginning);
      var left = started.request().deadline().minus(WorkedTime.of(entries));
      var opening = new Opened(lease, redactor, started, left);
      var execution = execution(id, opening, listener, budget);
      execution.journal().remember(entries);
      execution.control().remember(entries);
      return launch(execution, workflow, past);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private Run launch(RunExecution execution, Workflow workflow, JournaledScope.Past past) {
    var id = past.id();
    desk.attach(id, execution.control());
    var run = execution.start(workflow, past, () -> forget(id));
    live.put(id, run);
    if (run.isDone()) {
      forget(id);
    }
    return run;
  }

  private void forget(RunId id) {
    live.remove(id);
    desk.detach(id);
  }

  /// A run that this process owns, and the time that is left for it.
  private record Opened(Lease lease, Redactor redactor, RunStarted started, Duration left) {}

  private RunExecution execution(RunId id, Opened opened, RunListener listener, Budget budget) {
    var head = opened.lease().head();
    var events = new EventDispatcher(id, listener, head, from -> history.page(id, from));
    var opening =
        new RunExecution.Opening(
            opened.lease(),
            events,
            new JournalCodec(opened.redactor()),
            new ControlCodec(opened.redactor()),
            opened.started(),
            opened.left());
    return new RunExecution(id, ports, opening, budget);
  }

  private String hex(int bytes) {
    var random = new byte[bytes];
    ports.random().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /// Asks something of a run, whoever works on it. The request is durable when this returns; if
  /// nobody works on the run, and it needs nobody to, it is done by then.
  ///
  /// @param who asks, as far as is known
  /// @return the request's id, for [#outcome]
  /// @throws EngineException.ResumeRefused `run_unknown`
  /// @throws IllegalArgumentException if an answer's value is not JSON
  public long ask(RunId id, ControlRequest request, String who) {
    var redactor = ports.redaction().forRun(history.started(id).placeholderKey());
    var at = ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var body = new ControlCodec(redactor).encode(request, who, at);
    var asked = ports.journal().post(StreamId.run(id), body);
    idle.serve(id);
    return asked;
  }

  /// Waits until somebody has acted on a request, but no longer than `patience`.
  public ControlOutcome await(RunId id, long request, Duration patience)
      throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    var outcome = outcome(id, request);
    while (outcome instanceof ControlOutcome.Open && System.nanoTime() < deadline) {
      Thread.sleep(EngineLimits.OUTCOME_POLL);
      outcome = outcome(id, request);
    }
    return outcome;
  }

  /// What became of a request to a run.
  public ControlOutcome outcome(RunId id, long request) {
    var answered = ports.journal().answered(request);
    if (answered.isEmpty()) {
      // Its owner may have ended without a look at it.
      idle.serve(id);
      answered = ports.journal().answered(request);
    }
    return answered.map(ControlCodec::outcome).orElseGet(ControlOutcome.Open::new);
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

  /// What the body of a step wrote down while it worked, in order; empty if it wrote nothing. Of a
  /// step that began anew it is the latest, and a number is that of the latest generation.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public List<SessionEntry> session(RunId id, int seq) {
    return history.session(id, seq);
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
    desk.close();
    live.values().forEach(run -> run.interrupt("interrupted", "The engine was closed."));
    var deadline = System.nanoTime() + EngineLimits.CLOSE_PATIENCE.toNanos();
    live.values().forEach(run -> run.awaitUntil(deadline));
    ports.scheduler().close();
    ports.journal().close();
  }
}
