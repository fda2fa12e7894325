package mimo.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
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
  private final CancellationSource cancellation = new CancellationSource();
  private final Map<Integer, Ticket> tickets = new HashMap<>();

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

  CancellationToken cancellation() {
    return cancellation;
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
      scheduler
          .submit(step.request().kind(), () -> perform(step))
          .ifPresentOrElse(ticket -> tickets.put(step.seq(), ticket), () -> refuse(step));
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
    Thread.startVirtualThread(() -> watch.settled(step.failed(code, message)));
  }

  /// Stops the body of one step, or keeps it from starting.
  void drop(Step step) {
    lock.lock();
    try {
      var ticket = tickets.get(step.seq());
      if (ticket == null) {
        unwanted.add(step.seq());
      } else if (!ticket.cancel()) {
        tickets.remove(step.seq());
        settle(step, "abandoned", NOBODY_WAITS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void perform(Step step) {
    var activity = activities.get(step.request().kind());
    try {
      if (activity == null) {
        watch.settled(step.failed("not_available", "No activity performs this kind of step."));
      } else {
        step.perform(activity, budget, watch).ifPresent(watch::settled);
      }
    } finally {
      forget(step);
    }
    step.takeSuspension().ifPresent(why -> watch.suspended(step, why));
  }

  private void forget(Step step) {
    lock.lock();
    try {
      tickets.remove(step.seq());
    } finally {
      lock.unlock();
    }
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
