package mimo.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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
      jobs.put(new Job.End());
      if (!worker.join(EngineLimits.CONTROL_PATIENCE)) {
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      for (var job = jobs.take(); !(job instanceof Job.End); job = jobs.take()) {
        perform(job);
      }
    } catch (InterruptedException | EngineException e) {
      // The run ends, or its store is broken; requests that are left wait for its next owner.
      jobs.clear();
    }
  }

  private void perform(Job job) throws InterruptedException {
    switch (job) {
      case Job.Act(var asked, var request) -> {
        if (stop.reason().isEmpty()) {
          live.await();
          steps.act(asked, request).ifPresent(outcome -> tell(asked.id(), outcome));
        }
      }
      case Job.Tell(var request, var outcome) -> tell(request, outcome);
      case Job.End() -> {}
    }
  }

  private void tell(long request, ControlOutcome outcome) {
    box.answer(lease, request, codec.encode(outcome));
  }
}
