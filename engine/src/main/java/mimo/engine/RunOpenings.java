package mimo.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.JournaledScope.Beginning;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.OptionsChanged;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.Lease;
import mimo.engine.journal.ReplayCursor;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.reuse.ForkCut;
import mimo.engine.reuse.Generation;
import mimo.engine.reuse.Located;
import mimo.engine.reuse.RecordedSteps;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.RunLineage;
import org.jspecify.annotations.Nullable;

/// Opens runs, in each of the ways there are, up to the moment where the workflow may begin.
/// Thread-safe.
final class RunOpenings {

  private static final int SEED_BYTES = 32;

  private final EnginePorts ports;
  private final RunHistory history;

  RunOpenings(EnginePorts ports, RunHistory history) {
    this.ports = ports;
    this.history = history;
  }

  /// A run that this process owns, and what is known of it.
  record Opened(RunExecution execution, JournaledScope.Past past) {}

  /// Something that is done with a lease, and closes it should it fail.
  private interface Owning {
    Opened open(Lease lease) throws InterruptedException;
  }

  private Opened owning(RunId id, Owning work) throws InterruptedException {
    var lease = ports.journal().acquire(StreamId.run(id));
    try {
      return work.open(lease);
    } catch (RuntimeException | InterruptedException e) {
      lease.close();
      throw e;
    }
  }

  /// See [Engine#start].
  Opened start(RunRequest request, RunListener listener) throws InterruptedException {
    var id = RunId.random(ports.random());
    var asked =
        new RunStarted(
            request,
            hex(SEED_BYTES),
            hex(SEED_BYTES),
            Engine.VERSION,
            ResumeCheck.DETERMINISM,
            0,
            wallTime());
    var lineage = new RunLineage(id, List.of(new Generation(asked, List.of())));
    return owning(id, lease -> begin(lease, lineage, new Budget(request.budget()), listener));
  }

  /// See [Engine#resume].
  Opened resume(
      RunId id, RunRequest request, @Nullable RunSettings settings, RunListener listener) {
    // Before the lease, which would make a stream of a run that is not there.
    history.requireKnown(id);
    var lease = ports.journal().acquire(StreamId.run(id));
    try {
      return takeUp(lease, history.lineage(id), request, settings, listener);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private Opened takeUp(
      Lease lease,
      RunLineage lineage,
      RunRequest request,
      @Nullable RunSettings settings,
      RunListener listener) {
    var latest = lineage.latest();
    var started = latest.started();
    var redactor = ports.redaction().forRun(started.placeholderKey());
    new ResumeCheck(lineage.run(), started, redactor).permit(latest.entries(), request);
    requireResults(lineage.run(), latest);
    var before = RunSettings.of(latest.request());
    var now = settings == null ? before : settings;
    var changed = now.equals(before) ? null : new OptionsChanged(before, now, wallTime());
    var budget = new Budget(now.budget());
    Spending.restore(budget, lineage);
    var left = now.deadline().minus(WorkedTime.of(own(latest)));
    var time = new RunExecution.Time(now.deadline(), left);
    var execution = execution(lease, lineage, time, listener, budget);
    var beginning = new Beginning.Resumed(lease.setAside(), changed);
    return new Opened(execution, past(lineage, started, beginning));
  }

  /// What is replayed must be true still (D24).
  private void requireResults(RunId id, Generation generation) {
    var looks = new Looks(ports.activities());
    for (var step : new RecordedSteps(List.of(generation)).all()) {
      if (step.end() instanceof StepCompleted done) {
        looks
            .missing(step.request(), done.value())
            .ifPresent(gone -> {
              throw new ResumeRefused(
                  "worktree_gone",
                  "run %s cannot be resumed as it was: step %d (%s) tells of %s, which is gone"
                      .formatted(id, done.seq(), step.request().label(), gone));
            });
      }
    }
  }

  private static List<WrittenEntry> own(Generation generation) {
    return generation.located().stream()
        .filter(each -> !each.shared())
        .map(Located::written)
        .toList();
  }

  /// See [Engine#continueRun].
  Opened continued(RunId id, RunRequest request, RunListener listener) throws InterruptedException {
    history.requireKnown(id);
    return owning(
        id,
        lease -> {
          var lineage = history.lineage(id);
          var before = lineage.latest().started();
          ResumeCheck.permitAfter(id, before);
          var origin = new RunOrigin.Continued(before.begun());
          var asked = after(before, request, ResumeCheck.DETERMINISM, origin);
          var next = with(id, lineage, asked, List.of());
          var budget = new Budget(request.budget());
          // Of the new generation: the parts of the one before are none of its own.
          Spending.restore(budget, next);
          return begin(lease, next, budget, listener);
        });
  }

  /// See [Engine#fork].
  Opened forked(ForkPoint cut, RunRequest request, RunListener listener)
      throws InterruptedException {
    var source = cut.source();
    int step = cut.step();
    var lineage = history.lineage(source);
    var latest = lineage.latest();
    var before = latest.started();
    ResumeCheck.permitAfter(source, before);
    if (!ForkCut.isPossible(latest, step)) {
      throw new ResumeRefused(
          "step_unknown", "run " + source + " has no step " + step + " where it could be forked");
    }
    if (lineage.sources().size() >= EngineLimits.FORK_DEPTH) {
      throw new ResumeRefused(
          "fork_depth",
          "run %s is a fork of forks, %d deep, and no fork goes deeper; continue it instead"
              .formatted(source, EngineLimits.FORK_DEPTH));
    }
    var at = new StepRef(before.generation(), step);
    var origin = new RunOrigin.Forked(source, lineage.records(), at, cut.later(), before.begun());
    var asked = after(before, request, before.determinism(), origin);
    var id = RunId.random(ports.random());
    var branched = with(id, lineage, asked, ForkCut.of(latest, step));
    try {
      return owning(id, lease -> begin(lease, branched, new Budget(request.budget()), listener));
    } catch (ResumeRefused e) {
      // It is written down already, and of no use.
      ports.journal().erase(List.of(StreamId.run(id)));
      throw e;
    }
  }

  /// What this run shares may have been removed before anybody could see that it shares it.
  private void requireSources(RunLineage lineage) {
    for (var source : lineage.sources()) {
      if (ports.journal().read(StreamId.run(source), 1, 1).isEmpty()) {
        throw RunHistory.unknown(source.value());
      }
    }
  }

  private RunStarted after(
      RunStarted before, RunRequest request, int determinism, RunOrigin origin) {
    return new RunStarted(
        request,
        before.seed(),
        before.placeholderKey(),
        Engine.VERSION,
        determinism,
        before.generation() + 1,
        wallTime(),
        origin);
  }

  private static RunLineage with(
      RunId id, RunLineage before, RunStarted asked, List<Located> shared) {
    var generations = new ArrayList<>(before.generations());
    generations.add(new Generation(asked, shared));
    return new RunLineage(id, generations);
  }

  /// Writes the beginning of a run's latest generation.
  private Opened begin(Lease lease, RunLineage lineage, Budget budget, RunListener listener)
      throws InterruptedException {
    var latest = lineage.latest();
    var request = latest.started().request();
    var redactor = ports.redaction().forRun(latest.started().placeholderKey());
    var codec = new JournalCodec(redactor, ports.clock());
    var entry = codec.encode(latest.started());
    var time = new RunExecution.Time(request.deadline(), request.deadline());
    var execution = execution(lease, lineage, time, listener, budget);
    try {
      execution.journal().appendAndWait(List.of(entry));
      requireSources(lineage);
    } catch (EngineException | InterruptedException e) {
      execution.giveUp();
      throw e;
    }
    var beginning = latest.located().isEmpty() ? new Beginning.Fresh() : new Beginning.Forked();
    var started = (RunStarted) entry.stored();
    return new Opened(execution, past(lineage, started, beginning));
  }

  private JournaledScope.Past past(RunLineage lineage, RunStarted started, Beginning beginning) {
    var replay = new ReplayCursor(lineage.latest().entries());
    var claims = ReuseReport.claims(lineage, ReuseReport.pool(lineage));
    var recall = new Recall(claims, new Looks(ports.activities()));
    return new JournaledScope.Past(lineage.run(), started, replay, recall, beginning);
  }

  private RunExecution execution(
      Lease lease,
      RunLineage lineage,
      RunExecution.Time time,
      RunListener listener,
      Budget budget) {
    var id = lineage.run();
    var started = lineage.latest().started();
    var redactor = ports.redaction().forRun(started.placeholderKey());
    var sequence = new EventSequence(id, started.generation());
    var events =
        new EventDispatcher(sequence, listener, lease.head(), from -> history.written(id, from));
    var opening =
        new RunExecution.Opening(
            lease,
            events,
            new JournalCodec(redactor, ports.clock()),
            new ControlCodec(redactor),
            started.generation(),
            time);
    var execution = new RunExecution(id, ports, opening, budget);
    execution.journal().remember(lineage.latest().located());
    execution.waits().remember(lineage.latest().entries());
    lineage.own().forEach(generation -> execution.control().remember(generation.entries()));
    return execution;
  }

  private Instant wallTime() {
    return ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private String hex(int bytes) {
    var random = new byte[bytes];
    ports.random().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
