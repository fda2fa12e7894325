package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.JournalEntry.RunPaused;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepSpent;
import mimo.engine.journal.Lease;
import org.jspecify.annotations.Nullable;

/// One run in this process, from taking it up to letting it go.
final class RunExecution {

  private static final String NOT_JSON = "{\"defect\":\"the activity's answer is not JSON\"}";

  private final RunId id;
  private final EnginePorts ports;
  private final Lease lease;
  private final EventDispatcher events;
  private final StopSignal stop = new StopSignal();
  private final RunJournal journal;
  private final RunSessions sessions;
  private final Settlements settlements;
  private final OpenSteps steps = new OpenSteps();
  private final Bodies bodies;
  private final Budget budget;
  private final Deadline deadline;
  private final Waits waits;
  private final RunControl control;

  RunExecution(RunId id, EnginePorts ports, Opening opening, Budget budget) {
    this.id = id;
    this.ports = ports;
    this.lease = opening.lease();
    this.events = opening.events();
    this.budget = budget;
    this.journal =
        new RunJournal(ports.journal(), lease, opening.codec(), events, this::breakOffSoon);
    this.sessions =
        new RunSessions(
            ports.journal(),
            lease,
            opening.codec().sessions(),
            ports.clock(),
            opening.generation(),
            this::breakOffSoon);
    this.settlements = new Settlements(journal);
    var watch = new Steps();
    this.bodies = new Bodies(ports, budget, watch);
    var whole = opening.time().whole();
    this.deadline =
        new Deadline(
            ports.timers(),
            opening.time().left(),
            () -> stop.request(new StopReason.Expired(whole)));
    this.waits =
        new Waits(
            ports,
            new Waits.Ends(this::settle, bodies::start),
            new Rest(ports, deadline, stop, events));
    stop.token().onCancel(waits::stop);
    this.control =
        new RunControl(
            stop,
            new StepControl(
                id,
                opening.generation(),
                new StepControl.Reach(steps, bodies, waits, settlements, watch),
                new GateDesk(waits, watch)),
            ports.journal(),
            lease,
            opening.requests());
    stop.token().onCancel(settlements::stop);
    stop.token().onCancel(this::stopBodies);
    stop.overridden().onCancel(bodies::stop);
  }

  /// What a run is written with.
  ///
  /// @param requests writes what became of requests to this run
  /// @param generation the one at work
  record Opening(
      Lease lease,
      EventDispatcher events,
      JournalCodec codec,
      ControlCodec requests,
      int generation,
      Time time) {}

  /// How long a run may be worked on.
  ///
  /// @param whole by all processes together
  /// @param left by this one; not positive if the time is used up
  record Time(Duration whole, Duration left) {}

  /// What a pause leaves to end by itself is stopped later.
  private void stopBodies() {
    if (stop.reason().orElse(null) instanceof StopReason.Paused) {
      bodies.pause();
    } else {
      bodies.stop();
    }
  }

  RunJournal journal() {
    return journal;
  }

  RunControl control() {
    return control;
  }

  Waits waits() {
    return waits;
  }

  StopSignal stop() {
    return stop;
  }

  private void breakOff(EngineException cause) {
    stop.request(new StopReason.Broken(cause));
  }

  /// The same for the journal's thread, which may not wait.
  private void breakOffSoon(EngineException cause) {
    stop.requestWithoutWaiting(new StopReason.Broken(cause));
  }

  private final class Steps implements StepWatch {
    @Override
    public void started(int seq) {
      events.stepStarted(seq);
    }

    @Override
    public boolean spent(StepSpent spent) {
      try {
        return settlements.spent(spent);
      } catch (EngineException e) {
        breakOff(e);
        return true;
      }
    }

    @Override
    public Optional<String> memo(int seq) {
      return journal.memo(seq);
    }

    @Override
    public void suspended(Step step, ActivityResult.Suspended why) {
      waits.suspend(step, why);
      if (step.hasOrder()) {
        // Given before it began to wait, and not heard.
        waits.wake(step);
      }
    }

    @Override
    public Session session(int seq, int restarts) {
      return sessions.of(seq, restarts);
    }

    @Override
    public void refused(ActivityResult.Suspended why) {
      stop.request(new StopReason.Parked(why));
      // Also if another was first: it may not have come to this yet.
      bodies.stop();
    }

    @Override
    public void broken(EngineException cause) {
      breakOff(cause);
    }

    @Override
    public void settled(SettledEntry end) {
      settle(end);
    }

    @Override
    public void stopped(Asked asked, SettledEntry end) {
      settlements.settle(ControlApplied.of(asked), end, () -> control.applied(asked));
    }

    @Override
    public void beginsAnew(Asked asked, Step step) {
      steps.replace(step);
      settlements.beginAnew(
          ControlApplied.of(asked),
          () -> {
            bodies.start(step);
            control.applied(asked);
          });
    }
  }

  private void settle(SettledEntry entry) {
    try {
      settlements.settle(entry);
    } catch (IllegalArgumentException e) {
      // A boundary: an activity that answers no JSON fails its step, not the run.
      settle(
          new StepFailed(
              entry.seq(), "internal", "The step failed unexpectedly.", entry.usage(), NOT_JSON));
    } catch (EngineException e) {
      breakOff(e);
    }
  }

  /// What follows the end of a run.
  interface Ending {

    /// It has no owner any more, and nobody knows yet how it ended.
    void unowned();

    /// Whoever waits for it knows.
    void known();
  }

  /// Starts the workflow on a thread of its own.
  Run start(Workflow workflow, JournaledScope.Past past, Ending ending) {
    control.start();
    var line =
        new JournaledScope.Lifeline(
            journal, settlements, bodies, waits, steps, budget, stop, control::goLive);
    var plans = new WaitPlans(ports.waiting());
    var scope = new JournaledScope(past, line, plans, ports.clock());
    var result = new CompletableFuture<RunResult>();
    var thread =
        Thread.ofVirtual()
            .name("run " + id)
            .unstarted(() -> {
              try {
                var ended = live(workflow, scope);
                ending.unowned();
                result.complete(ended);
              } catch (RuntimeException | Error e) {
                // A boundary: whoever waits for the run must hear of it in any case.
                result.completeExceptionally(e);
              } finally {
                ending.known();
              }
            });
    thread.start();
    return new Run(id, stop, waits, result);
  }

  /// Lets go of a run that could not be started.
  void giveUp() {
    journal.drain();
    events.close(Duration.ZERO);
    lease.close();
  }

  private RunResult live(Workflow workflow, JournaledScope scope) {
    var alarm = new Alarm(Thread.currentThread());
    stop.token().onCancel(alarm::ring);
    @Nullable WorkflowResult outcome;
    try (deadline) {
      deadline.start();
      outcome = execute(workflow, scope);
    }
    alarm.turnOff();
    waits.stop();
    endBodies();
    settlements.close();
    var result = end(outcome);
    control.close();
    events.close(EngineLimits.LISTENER_PATIENCE);
    lease.close();
    return result;
  }

  private void endBodies() {
    if (stop.reason().orElse(null) instanceof StopReason.Paused) {
      awaitBodies(EngineLimits.PAUSE_GRACE);
      bodies.stop();
      awaitBodies(EngineLimits.KILL_PATIENCE);
    } else {
      bodies.stop();
      awaitBodies(EngineLimits.STOP_PATIENCE);
    }
  }

  /// What the workflow came to; null if it did not come to an end.
  private @Nullable WorkflowResult execute(Workflow workflow, JournaledScope scope) {
    try {
      var result = workflow.execute(scope);
      scope.end();
      return result;
    } catch (InterruptedException e) {
      stop.request(new StopReason.Interrupted("interrupted", "The run was interrupted."));
    } catch (EngineException e) {
      breakOff(e);
    } catch (RuntimeException | Error e) {
      // A boundary: a defect of a workflow is not the run's end. Mended, it can be resumed.
      stop.request(
          new StopReason.Interrupted("internal", "The workflow failed unexpectedly: " + e));
    }
    return null;
  }

  private void awaitBodies(Duration patience) {
    try {
      bodies.awaitEnd(patience);
    } catch (InterruptedException e) {
      // A stop came while the run was ending anyway; there is nothing left to wait for.
      return;
    }
  }

  /// A result the workflow reached stands, even if someone asked to stop at the last moment; any
  /// other ending of a stopped run is the stop's doing.
  private RunResult end(@Nullable WorkflowResult outcome) {
    var reason = stop.reason().orElse(null);
    try {
      return switch (outcome) {
        case WorkflowResult.Finished finished when !(reason instanceof StopReason.Broken) ->
            completed(finished);
        case WorkflowResult.Failed failed when reason == null -> failed(failed);
        case null -> stopped(Objects.requireNonNull(reason), List.of());
        case WorkflowResult other -> stopped(Objects.requireNonNull(reason), other.losses());
      };
    } catch (EngineException e) {
      return interrupted(e.code(), message(e), List.of());
    } catch (IllegalArgumentException e) {
      return interrupted("internal", "The workflow's result cannot be stored: " + e, List.of());
    }
  }

  private RunResult stopped(StopReason reason, List<Loss> losses) {
    return switch (reason) {
      case StopReason.AtRest() -> parked(waits.parking());
      case StopReason.Cancelled(var asked) -> cancelled(asked, losses);
      case StopReason.Paused paused -> paused(paused);
      case StopReason.Expired(var deadline) -> expired(deadline, losses);
      case StopReason.Parked(var why) ->
          parked(new Parking(why.reason(), why.code(), why.message(), why.until()));
      case StopReason.Interrupted(var code, var message) -> interrupted(code, message, List.of());
      case StopReason.Broken(var cause) -> interrupted(cause.code(), message(cause), List.of());
    };
  }

  private static String message(EngineException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.code());
  }

  private RunResult completed(WorkflowResult.Finished finished) {
    var ended =
        (RunEnded)
            write(
                new RunEnded(
                    RunEvent.Status.COMPLETED,
                    finished.value(),
                    null,
                    null,
                    null,
                    finished.losses(),
                    budget.totals(),
                    wallTime()));
    var value = Objects.requireNonNull(ended.value());
    return new RunResult.Completed(id, value, ended.losses(), ended.usage());
  }

  private RunResult failed(WorkflowResult.Failed failed) {
    return switch (failed.resumable()) {
      case YES -> interrupted(failed.code(), failed.message(), failed.losses());
      case NO -> failed(failed.code(), failed.message(), failed.position(), failed.losses());
    };
  }

  private RunResult cancelled(@Nullable Asked asked, List<Loss> losses) {
    var by = asked == null ? "" : " by " + asked.who();
    var all = steps.lost(losses, "stopped");
    var message = "The run was cancelled" + by + ".";
    var at = wallTime();
    return ended(
        asked,
        new RunEnded(
            RunEvent.Status.CANCELLED, null, "cancelled", message, null, all, budget.totals(), at));
  }

  private RunResult expired(Duration deadline, List<Loss> losses) {
    var message = "The run did not end within " + spoken(deadline) + " of work.";
    var all = steps.lost(losses, "timeout");
    return failed("deadline", message, null, all);
  }

  private static String spoken(Duration time) {
    var seconds = time.toSeconds();
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private RunResult failed(
      String code, String message, @Nullable SourcePosition position, List<Loss> losses) {
    var used = budget.totals();
    return ended(
        null,
        new RunEnded(
            RunEvent.Status.FAILED, null, code, message, position, losses, used, wallTime()));
  }

  private RunResult ended(@Nullable Asked asked, RunEnded end) {
    var ended = (RunEnded) write(asked, end);
    return new RunResult.Failed(
        id,
        String.valueOf(ended.code()),
        String.valueOf(ended.message()),
        ended.position(),
        ended.losses(),
        ended.usage());
  }

  private RunResult paused(StopReason.Paused why) {
    var paused =
        (RunPaused) write(why.asked(), new RunPaused(why.code(), why.message(), wallTime()));
    return new RunResult.Paused(id, paused.code(), paused.message(), budget.totals());
  }

  private RunResult parked(Parking why) {
    waits.takeRests().forEach(this::write);
    var parked =
        (RunParked)
            write(new RunParked(why.reason(), why.code(), why.message(), why.until(), wallTime()));
    return new RunResult.Parked(
        id, parked.reason(), parked.code(), parked.message(), parked.until(), budget.totals());
  }

  private RunResult interrupted(String code, String message, List<Loss> losses) {
    // Whoever takes the lease next must find all that was paid for.
    journal.drain();
    return new RunResult.Interrupted(id, code, message, losses, budget.totals());
  }

  private Instant wallTime() {
    return ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private JournalEntry write(JournalEntry last) {
    return write(null, last);
  }

  /// Writes the last entry of this process, after whoever asked for it, and returns what is stored
  /// of it.
  private JournalEntry write(@Nullable Asked asked, JournalEntry last) {
    var encoded = journal.encode(last);
    if (asked == null) {
      journal.appendUninterrupted(List.of(encoded));
    } else {
      journal.appendUninterrupted(List.of(journal.encode(ControlApplied.of(asked)), encoded));
      control.applied(asked);
    }
    return encoded.stored();
  }
}
