package mimo.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.Journal;

/// Looks for control requests and hands each to the run it is for (D45). Thread-safe.
///
/// One thread looks for all runs of this process, a few times in the time in which a request must
/// be acted on. It asks for requests only if somebody has written since it last did, which costs
/// next to nothing to find out (D52); while no run is at work there is no look at all.
final class ControlDesk implements AutoCloseable {

  private final Journal journal;
  private final Map<RunId, RunControl> runs = new ConcurrentHashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Somebody is new here: requests from before may be his.
  private volatile boolean anew;

  ControlDesk(Journal journal) {
    this.journal = journal;
  }

  /// How far the desk has looked. Confined to its thread.
  ///
  /// @param seen up to which request all have found their run
  /// @param revision of the journal when there was nothing more to find
  private record Look(long seen, long revision) {

    /// The number of no revision.
    private static final long NONE = -1;

    static final Look ANEW = new Look(0, NONE);

    Look again() {
      return new Look(seen, NONE);
    }
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
    var last = Look.ANEW;
    try {
      while (!closed.await(EngineLimits.CONTROL_POLL.toNanos(), TimeUnit.NANOSECONDS)) {
        if (anew) {
          anew = false;
          last = Look.ANEW;
        }
        if (!runs.isEmpty()) {
          last = after(last);
        }
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread; whoever interrupts it all the same wants it gone.
      Thread.currentThread().interrupt();
    }
  }

  private Look after(Look last) {
    try {
      // Asked for first: what is written after this makes it another one.
      long now = journal.revision();
      return now == last.revision() ? last : route(last.seen(), now);
    } catch (EngineException e) {
      // The store is busy or broken. Runs hear of that by themselves, when they write; the next
      // look comes soon.
      return last.again();
    }
  }

  private Look route(long seen, long revision) {
    var found = journal.postedAfter(seen);
    var last = seen;
    for (var posted : found) {
      var control = runs.get(new RunId(posted.stream().name()));
      if (control != null && !control.take(ControlCodec.decode(posted))) {
        return new Look(last, revision).again();
      }
      last = posted.id();
    }
    var look = new Look(last, revision);
    return found.size() < EngineLimits.CONTROL_PAGE ? look : look.again();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
