package mimo.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.journal.ControlBox;
import mimo.engine.journal.ControlCodec;

/// Looks for control requests and hands each to the run it is for (D45). Thread-safe.
///
/// One thread looks for all runs of this process, a few times in the time in which a request must
/// be acted on. A look is one short query; while no run is at work there is none.
final class ControlDesk implements AutoCloseable {

  private final ControlBox box;
  private final Map<RunId, RunControl> runs = new ConcurrentHashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Somebody is new here: requests from before may be his.
  private volatile boolean anew;

  ControlDesk(ControlBox box) {
    this.box = box;
  }

  /// From now on the run hears of what is asked of it, also of what was asked before.
  void attach(RunId run, RunControl control) {
    runs.put(run, control);
    anew = true;
    if (!started.getAndSet(true)) {
      Thread.ofVirtual().name("control desk").start(this::look);
    }
  }

  void detach(RunId run) {
    runs.remove(run);
  }

  private void look() {
    long seen = 0;
    try {
      while (!closed.await(EngineLimits.CONTROL_POLL.toNanos(), TimeUnit.NANOSECONDS)) {
        if (anew) {
          anew = false;
          seen = 0;
        }
        if (!runs.isEmpty()) {
          seen = route(seen);
        }
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread; whoever interrupts it all the same wants it gone.
      Thread.currentThread().interrupt();
    }
  }

  /// @return up to which request all have found their run
  private long route(long seen) {
    try {
      var last = seen;
      for (var posted : box.postedAfter(seen)) {
        var control = runs.get(new RunId(posted.stream().name()));
        if (control != null && !control.take(ControlCodec.decode(posted))) {
          return last;
        }
        last = posted.id();
      }
      return last;
    } catch (EngineException e) {
      // The store is busy or broken. Runs hear of that by themselves, when they write; the next
      // look comes soon.
      return seen;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
