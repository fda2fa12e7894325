package mimo.engine;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.ControlBox;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.Lease;

/// What is asked of one run that this process works on, and who acts on it. Thread-safe.
///
/// Who stops the run is heard at once. What concerns a single step waits until the run has replayed
/// its past, and is done in the order of asking on a thread of the run's own, as is everything that
/// waits for the store: neither the desk nor the journal may wait for one run.
final class RunControl {

  private final StopSignal stop;
  private final StepControl steps;
  private final ControlBox box;
  private final Lease lease;
  private final ControlCodec codec;
  private final Set<Long> taken = new HashSet<>();
  private final Set<Long> applied = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(EngineLimits.CONTROL_PAGE);

  /// What the store did not take. Confined to the worker.
  private final Queue<Job.Tell> untold = new ArrayDeque<>();

  private final CountDownLatch live = new CountDownLatch(1);
  private final Thread worker;

  /// Something for the run's own thread.
  private sealed interface Job {
    record Act(Asked asked, ControlRequest.OfStep request) implements Job {}

    record Tell(long request, ControlOutcome outcome) implements Job {}

    record End() implements Job {}
  }

  /// @param lease the right to answer for the run
  /// @param codec redacts for this run
  RunControl(StopSignal stop, StepControl steps, ControlBox box, Lease lease, ControlCodec codec) {
    this.stop = stop;
    this.steps = steps;
    this.box = box;
    this.lease = lease;
    this.codec = codec;
    this.worker = Thread.ofVirtual().name("control").unstarted(this::work);
  }

  /// What the run's journal holds: requests that it has applied are not applied again.
  void remember(List<JournalEntry> past) {
    for (var entry : past) {
      if (entry instanceof JournalEntry.ApplyingEntry applying) {
        applied.add(applying.request());
      }
    }
  }

  RunControl start() {
    worker.start();
    return this;
  }

  /// The run has replayed its past: from now on its steps can be reached.
  void goLive() {
    live.countDown();
  }

  /// Somebody asks something. Called by the desk; a request that it brings twice counts once.
  ///
  /// @return whether there was room for it
  boolean take(Asked asked) {
    if (!taken.add(asked.id())) {
      return true;
    }
    if (applied.contains(asked.id())) {
      return jobs.offer(new Job.Tell(asked.id(), new ControlOutcome.Applied()));
    }
    var room =
        switch (asked.request()) {
          case ControlRequest.Pause() -> {
            stop.request(StopReason.Paused.by(asked));
            yield true;
          }
          case ControlRequest.Cancel() -> {
            stop.request(new StopReason.Cancelled(asked));
            yield true;
          }
          case ControlRequest.OfStep ofStep -> jobs.offer(new Job.Act(asked, ofStep));
        };
    if (!room) {
      taken.remove(asked.id());
    }
    return room;
  }

  /// The entry that applies a request is durable. Never waits.
  void applied(Asked asked) {
    applied.add(asked.id());
    // Were there no room, whoever asked would still find the entry.
    var _ = jobs.offer(new Job.Tell(asked.id(), new ControlOutcome.Applied()));
  }

  /// Tells those who asked what there is to tell, but not for ever. Nothing more is done.
  void close() {
    live.countDown();
    try {
      var patience = EngineLimits.CONTROL_PATIENCE;
      var heard = jobs.offer(new Job.End(), patience.toNanos(), TimeUnit.NANOSECONDS);
      if (!heard || !worker.join(patience)) {
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      for (var job = next(); !(job instanceof Job.End); job = next()) {
        perform(job);
      }
      List.copyOf(untold).forEach(this::tell);
    } catch (InterruptedException e) {
      // The run ends; requests that are left wait for its next owner.
      jobs.clear();
    }
  }

  /// What could not be told is tried again when there is nothing else to do.
  private Job next() throws InterruptedException {
    if (untold.isEmpty()) {
      return jobs.take();
    }
    var job = jobs.poll(EngineLimits.CONTROL_POLL.toNanos(), TimeUnit.NANOSECONDS);
    return job == null ? untold.remove() : job;
  }

  private void perform(Job job) throws InterruptedException {
    switch (job) {
      case Job.Act(var asked, var request) -> {
        if (stop.reason().isEmpty()) {
          live.await();
          act(asked, request).ifPresent(outcome -> tell(new Job.Tell(asked.id(), outcome)));
        }
      }
      case Job.Tell tell -> tell(tell);
      case Job.End() -> {}
    }
  }

  private Optional<ControlOutcome> act(Asked asked, ControlRequest.OfStep request)
      throws InterruptedException {
    try {
      return steps.act(asked, request);
    } catch (EngineException e) {
      // Part of it may be done, and cannot be written.
      stop.request(new StopReason.Broken(e));
      return Optional.empty();
    }
  }

  /// One outcome that cannot be written makes the run deaf to nobody.
  private void tell(Job.Tell tell) {
    try {
      box.answer(lease, tell.request(), codec.encode(tell.outcome()));
    } catch (StoreFailure e) {
      if (untold.size() < EngineLimits.CONTROL_PAGE) {
        untold.add(tell);
      }
    } catch (EngineException e) {
      // The run is another owner's, or what there is to say cannot be said.
      return;
    }
  }
}
