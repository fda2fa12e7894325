package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.RunParked;
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
  private final Settlements settlements;
  private final Bodies bodies;
  private final Budget budget;
  private final Deadline deadline;
  private final Waits waits;

  RunExecution(RunId id, EnginePorts ports, Opening opening, Budget budget) {
    this.id = id;
    this.ports = ports;
    this.lease = opening.lease();
    this.events = opening.events();
    this.budget = budget;
    this.journal =
        new RunJournal(
            ports.journal(),
            lease,
            opening.codec(),
            events,
            cause -> stop.requestWithoutWaiting(new StopReason.Broken(cause)));
    this.settlements = new Settlements(journal);
    this.bodies = new Bodies(ports, budget, new Steps());
    this.deadline =
        new Deadline(
            ports.timers(),
            opening.left(),
            () -> stop.request(new StopReason.Expired(opening.deadline())));
    this.waits =
        new Waits(
            ports,
            new Waits.Ends(this::settle, bodies::start),
            new Rest(ports, deadline, stop, events));
    stop.token().onCancel(waits::stop);
    stop.token().onCancel(settlements::stop);
    stop.token().onCancel(bodies::stop);
  }

  /// What a run is written with.
  ///
  /// @param deadline how long processes may work on it, all together
  /// @param left how long this one may; not positive if the time is used up
  record Opening(
      Lease lease, EventDispatcher events, JournalCodec codec, Duration deadline, Duration left) {}

  RunJournal journal() {
    return journal;
  }

  StopSignal stop() {
    return stop;
  }

  private void breakOff(EngineException cause) {
    stop.request(new StopReason.Broken(cause));
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
    }

    @Override
    public void refused(ActivityResult.Suspended why) {
      stop.request(new StopReason.Parked(why));
      // Also if another was first: it may not have come to this yet.
      bodies.stop();
    }

    @Override
    public void settled(SettledEntry end) {
      settle(end);
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

  /// Starts the workflow on a thread of its own.
  Run start(Workflow workflow, JournaledScope.Past past, Runnable forget) {
    var line = new JournaledScope.Lifeline(journal, settlements, bodies, waits, budget, stop);
    var plans = new WaitPlans(ports.waiting());
    var scope = new JournaledScope(past, line, plans, ports.clock());
    var result = new CompletableFuture<RunResult>();
    var thread =
        Thread.ofVirtual()
            .name("run " + id)
            .unstarted(() -> {
              try {
                result.complete(live(workflow, scope));
              } catch (RuntimeException | Error e) {
                // A boundary: whoever waits for the run must hear of it in any case.
                result.completeExceptionally(e);
              } finally {
                forget.run();
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
    bodies.stop();
    waits.stop();
    awaitBodies();
    settlements.close();
    var result = end(outcome);
    events.close(EngineLimits.LISTENER_PATIENCE);
    lease.close();
    return result;
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

  private void awaitBodies() {
    try {
      bodies.awaitEnd(EngineLimits.STOP_PATIENCE);
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
        case null, default -> stopped(Objects.requireNonNull(reason));
      };
    } catch (EngineException e) {
      return interrupted(e.code(), message(e), List.of());
    } catch (IllegalArgumentException e) {
      return interrupted("internal", "The workflow's result cannot be stored: " + e, List.of());
    }
  }

  private RunResult stopped(StopReason reason) {
    return switch (reason) {
      case StopReason.Cancelled() -> cancelled();
      case StopReason.Expired(var deadline) -> expired(deadline);
      case StopReason.Parked(var why) ->
          parked(new Parking(why.reason(), why.code(), why.message(), why.until()));
      case StopReason.AtRest() -> parked(waits.parking());
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
      case NO ->
          ended(
              RunEvent.Status.FAILED,
              failed.code(),
              failed.message(),
              failed.position(),
              failed.losses());
    };
  }

  private RunResult cancelled() {
    return ended(RunEvent.Status.CANCELLED, "cancelled", "The run was cancelled.", null, List.of());
  }

  private RunResult expired(Duration deadline) {
    var message = "The run did not end within " + spoken(deadline) + " of work.";
    return ended(RunEvent.Status.FAILED, "deadline", message, null, List.of());
  }

  private static String spoken(Duration time) {
    var seconds = time.toSeconds();
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private RunResult ended(
      RunEvent.Status status,
      String code,
      String message,
      @Nullable SourcePosition position,
      List<Loss> losses) {
    var at = wallTime();
    var ended =
        (RunEnded)
            write(new RunEnded(status, null, code, message, position, losses, budget.totals(), at));
    return new RunResult.Failed(
        id,
        code,
        Objects.requireNonNullElse(ended.message(), message),
        ended.position(),
        ended.losses(),
        ended.usage());
  }

  private RunResult parked(Parking why) {
    waits.takeRests().forEach(this::write);
    var parked =
        (RunParked)
            write(
                new RunParked(
                    why.reason(), why.code(), why.message(), why.until(), wallTime()));
    return new RunResult.Parked(
        id,
        parked.reason(),
        parked.code(),
        parked.message(),
        parked.until(),
        budget.totals());
  }

  private RunResult interrupted(String code, String message, List<Loss> losses) {
    // Whoever takes the lease next must find all that was paid for.
    journal.drain();
    return new RunResult.Interrupted(id, code, message, losses, budget.totals());
  }

  private Instant wallTime() {
    return ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Writes the last entry of this process, and returns what is stored of it.
  private JournalEntry write(JournalEntry last) {
    var encoded = journal.encode(last);
    journal.appendUninterrupted(List.of(encoded));
    return encoded.stored();
  }
}
