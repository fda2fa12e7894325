package mimo.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.scheduling.Scheduler;
import mimo.engine.scheduling.Ticket;

/// The bodies of one run's steps, from start to settlement. Thread-safe.
final class Bodies {

  static final String NOBODY_WAITS = "The script that asked for the step has ended.";

  private final ReentrantLock lock = new ReentrantLock();
  private final Scheduler scheduler;
  private final Map<StepKind, Activity> activities;
  private final Budget budget;
  private final StepWatch watch;
  private final CancellationSource pausing = new CancellationSource();
  private final CancellationSource cancellation = new CancellationSource();
  private final Map<Step, Ticket> tickets = new HashMap<>();

  /// Steps that nobody wants any more, before they were handed to the scheduler.
  private final Set<Integer> unwanted = new HashSet<>();

  private boolean stopped;

  /// @param watch hears of each step
  Bodies(EnginePorts ports, Budget budget, StepWatch watch) {
    this.scheduler = ports.scheduler();
    this.activities = ports.activities();
    this.budget = budget;
    this.watch = watch;
  }

  /// How all of them are stopped at once.
  Step.Stops stops() {
    return new Step.Stops(pausing, cancellation);
  }

  /// Hands the step to the scheduler. Never waits, so the journal's thread may call it.
  void start(Step step) {
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      if (unwanted.remove(step.seq())) {
        settle(step, "abandoned", NOBODY_WAITS);
        return;
      }
      if (step.hasOrder()) {
        concludeUnstarted(step);
        return;
      }
      scheduler
          .submit(step.request().kind(), () -> perform(step))
          .ifPresentOrElse(ticket -> tickets.put(step, ticket), () -> refuse(step));
    } finally {
      lock.unlock();
    }
  }

  private void refuse(Step step) {
    settle(
        step,
        "too_many_steps",
        "More than " + EngineLimits.WAITING_STEPS + " steps wait to start.");
  }

  /// Settling may wait for the journal, which may be the caller: so another thread does it.
  private void settle(Step step, String code, String message) {
    Thread.startVirtualThread(() -> conclude(step, Optional.of(step.failed(code, message))));
  }

  /// For the same reason on another thread.
  private void concludeUnstarted(Step step) {
    Thread.startVirtualThread(() -> conclude(step, Optional.empty()));
  }

  /// Stops the body of one step, or keeps it from starting.
  void drop(Step step) {
    lock.lock();
    try {
      var ticket = tickets.get(step);
      if (ticket == null) {
        unwanted.add(step.seq());
      } else if (!ticket.cancel()) {
        tickets.remove(step);
        settle(step, "abandoned", NOBODY_WAITS);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Somebody gave a step an order: its body is stopped, or does not start. Never waits.
  void obey(Step step) {
    lock.lock();
    try {
      var ticket = tickets.get(step);
      if (ticket == null) {
        // It is about to start, or about to end; either finds the order.
        return;
      }
      if (ticket.cancel()) {
        Thread.ofVirtual().name("order").start(() -> concludeAnyway(step, ticket));
      } else {
        tickets.remove(step);
        concludeUnstarted(step);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A body that does not listen is waited for no longer than this.
  private void concludeAnyway(Step step, Ticket ticket) {
    try {
      if (!ticket.awaitEnd(EngineLimits.STOP_PATIENCE)) {
        forget(step);
        conclude(step, Optional.empty());
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread; whoever interrupts it all the same wants it gone.
      Thread.currentThread().interrupt();
    }
  }

  private void perform(Step step) {
    var activity = activities.get(step.request().kind());
    Optional<ActivityResult.Suspended> suspension;
    try {
      var end =
          activity == null
              ? Optional.of(step.failed("not_available", "No activity performs this kind of step."))
              : step.perform(activity, budget, watch);
      suspension = step.takeSuspension();
      if (suspension.isEmpty()) {
        conclude(step, end);
      }
    } finally {
      forget(step);
    }
    suspension.ifPresent(why -> watch.suspended(step, why));
  }

  /// What becomes of a step whose body is over: what it came to itself, unless somebody wanted
  /// something else before.
  private void conclude(Step step, Optional<SettledEntry> end) {
    switch (step.conclude(end)) {
      case Step.Conclusion.Own() -> end.ifPresent(watch::settled);
      case Step.Conclusion.Ordered(StepOrder.Stop(var asked)) ->
          watch.stopped(asked, step.failed("stopped", "Stopped by " + asked.who() + "."));
      case Step.Conclusion.Ordered(StepOrder.Again(var asked)) ->
          watch.beginsAnew(asked, step.anew(1, step.usage()));
      case Step.Conclusion.Before() -> {}
    }
  }

  private void forget(Step step) {
    lock.lock();
    try {
      tickets.remove(step);
    } finally {
      lock.unlock();
    }
  }

  /// Starts no body any more, and lets those that act on the world come to their end (D47).
  void pause() {
    List<Ticket> waiting;
    lock.lock();
    try {
      stopped = true;
      waiting =
          tickets.entrySet().stream()
              .filter(entry -> !entry.getKey().hasBegun())
              .map(Map.Entry::getValue)
              .toList();
    } finally {
      lock.unlock();
    }
    pausing.cancel();
    waiting.forEach(Ticket::cancel);
  }

  /// Stops every body, and starts no other.
  void stop() {
    List<Ticket> running;
    lock.lock();
    try {
      stopped = true;
      running = List.copyOf(tickets.values());
    } finally {
      lock.unlock();
    }
    pausing.cancel();
    cancellation.cancel();
    running.forEach(Ticket::cancel);
  }

  /// Waits for stopped bodies to end. One that does not listen is left behind: its thread cannot be
  /// killed, but nothing it returns is taken any more.
  void awaitEnd(Duration patience) throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    List<Ticket> running;
    lock.lock();
    try {
      running = List.copyOf(tickets.values());
    } finally {
      lock.unlock();
    }
    for (var ticket : running) {
      var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      if (!ticket.awaitEnd(left)) {
        return;
      }
    }
  }
}
