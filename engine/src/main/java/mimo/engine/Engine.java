package mimo.engine;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.RunLineage;

/// Starts runs, takes interrupted ones up again, and tells what is known of any. Thread-safe.
public final class Engine implements AutoCloseable {

  /// The version written into every run.
  public static final String VERSION = "0.1.0";

  private final EnginePorts ports;
  private final RunHistory history;
  private final RunOpenings openings;
  private final ControlDesk desk;
  private final IdleRuns idle;
  private final Map<RunId, Run> live = new ConcurrentHashMap<>();

  /// The engine closes the journal and the scheduler when it closes.
  public Engine(EnginePorts ports) {
    this.ports = ports;
    this.history = new RunHistory(ports.journal());
    this.openings = new RunOpenings(ports, history);
    this.desk = new ControlDesk(ports.journal());
    this.idle = new IdleRuns(ports, history);
  }

  /// Starts a run. It is durable when this returns: from here it survives a power cut.
  ///
  /// @throws EngineException if it cannot be written
  public Run start(RunRequest request, Workflow workflow, RunListener listener)
      throws InterruptedException {
    return launch(openings.start(request, listener), workflow);
  }

  /// Takes an interrupted run up again, exactly where it stopped: recorded steps are not run again,
  /// and the workflow cannot tell the difference (D19 to D23).
  ///
  /// @param request must equal what the run's latest generation was started with
  /// @throws EngineException.ResumeRefused if it is unknown, has ended, or is asked for differently
  /// @throws EngineException.LeaseRefused `run_live` if another process works on it
  public Run resume(RunId id, RunRequest request, Workflow workflow, RunListener listener) {
    return launch(openings.resume(id, request, null, listener), workflow);
  }

  /// The same with other settings from here on; the journal says so (D19).
  public Run resume(
      RunId id, RunRequest request, RunSettings settings, Workflow workflow, RunListener listener) {
    return launch(openings.resume(id, request, settings, listener), workflow);
  }

  /// Opens another generation of a run: the workflow, which may have been edited, runs again from
  /// its top, and what it asks for that has a recorded result gets that (D29 to D35).
  ///
  /// Nothing of earlier generations is changed. What they spent counts against the budget; the
  /// deadline begins anew.
  ///
  /// @throws EngineException.ResumeRefused if it is unknown, or of a newer kind
  /// @throws EngineException.LeaseRefused `run_live` if another process works on it
  public Run continueRun(RunId id, RunRequest request, Workflow workflow, RunListener listener)
      throws InterruptedException {
    return launch(openings.continued(id, request, listener), workflow);
  }

  /// Makes a new run that shares, by reference, all that another one did before a step, and goes on
  /// from there (D38). The other run is not touched, even if somebody works on it (D39).
  ///
  /// @param cut where the new run begins to be its own
  /// @throws EngineException.ResumeRefused `run_unknown` or `step_unknown`
  public Run fork(ForkPoint cut, RunRequest request, Workflow workflow, RunListener listener)
      throws InterruptedException {
    return launch(openings.forked(cut, request, listener), workflow);
  }

  private Run launch(RunOpenings.Opened opened, Workflow workflow) {
    var id = opened.past().id();
    desk.attach(id, opened.execution().control());
    var run = opened.execution().start(workflow, opened.past(), ending(id));
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

  private RunExecution.Ending ending(RunId id) {
    return new RunExecution.Ending() {
      @Override
      public void unowned() {
        serve(id);
      }

      @Override
      public void known() {
        forget(id);
      }
    };
  }

  /// Whoever asked something of a run while it was ending may be gone by now.
  private void serve(RunId id) {
    try {
      idle.serve(id);
    } catch (EngineException e) {
      // What was asked stays asked: its next owner, or whoever looks at it next, sees to it.
      return;
    }
  }

  /// Takes a run away from its owner, who may be alive but not listening: it writes no more, and
  /// the run is free to be resumed (D43).
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public void steal(RunId id) {
    var _ = history.started(id);
    ports.journal().takeOver(StreamId.run(id)).close();
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

  /// The runs that somebody has pinned.
  public Set<RunId> pinned() {
    return ports.journal().pinned().stream()
        .map(stream -> new RunId(stream.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The runs of the store that are parked, to be looked at again and again.
  public ParkedRuns parkedRuns() {
    return new ParkedRuns(ports.journal(), idle);
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
    return told(history.entries(id));
  }

  /// Everything that happened in a run up to where its history was read.
  public static List<RunEvent> events(RunLineage lineage) {
    return told(lineage.ownEntries());
  }

  private static List<RunEvent> told(List<JournalEntry> entries) {
    return entries.stream().map(EventProjection::of).toList();
  }

  /// The questions a run has asked so far, in order.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public List<AskedGate> gates(RunId id) {
    return AskedGates.of(history.entries(id));
  }

  /// Follows what becomes durable in a run, from its beginning on, whoever works on it.
  public RunTail follow(RunId id) {
    return new RunTail(id, history);
  }

  /// How a run stands.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public RunSummary summary(RunId id) {
    return history.summary(id);
  }

  /// What the body of a step wrote down while it worked, in order; empty if it wrote nothing. Of a
  /// step that began anew it is the latest, and a number is that of the latest generation.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public List<SessionEntry> session(RunId id, int seq) {
    return history.session(id, seq);
  }

  /// What a run's latest generation was started with, as it is stored.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public RunRequest started(RunId id) {
    return history.lineage(id).latest().started().request();
  }

  /// What continuing a run would replay and what it would run, found by running the workflow on
  /// recorded values (D37). Nothing is written and nobody is asked; what looks at the world does so
  /// now.
  ///
  /// @throws EngineException.ResumeRefused if the run is unknown, or of a newer kind
  public ReusePlan plan(RunId id, RunRequest request, Workflow workflow) {
    var lineage = history.lineage(id);
    ResumeCheck.permitAfter(id, lineage.latest().started());
    var scope = new PlanScope(lineage, request, ports);
    boolean ended = scope.runs(workflow);
    return scope.plan(ended, ports.journal().owned(StreamId.run(id)));
  }

  /// What resuming a run exactly would do.
  ///
  /// @throws EngineException.ResumeRefused as [#resume] does
  public ReusePlan plan(RunId id, RunRequest request) {
    var lineage = history.lineage(id);
    var latest = lineage.latest();
    var redactor = ports.redaction().forRun(latest.started().placeholderKey());
    new ResumeCheck(id, latest.started(), redactor).permit(latest.entries(), request);
    return ReusePlan.ofResume(lineage, ports.journal().owned(StreamId.run(id)));
  }

  /// All generations of a run, and of those it was forked off.
  ///
  /// @throws EngineException.ResumeRefused `run_unknown`
  public RunLineage lineage(RunId id) {
    return history.lineage(id);
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
