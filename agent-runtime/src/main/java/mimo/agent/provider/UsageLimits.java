package mimo.agent.provider;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.CancellationToken;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;

/// Which providers have let their usage limits be felt, and who asks first whether a limit is over
/// (D54). Thread-safe.
///
/// Until a limit should have ended nobody asks that provider. Then one agent does, and the others
/// wait for what it hears: fifty agents send one probe, not fifty. Nobody knows when a limit ends
/// that the provider gives no time for; it is looked for every quarter of an hour.
public final class UsageLimits {

  /// What an agent ends with that meets one.
  public static final String CODE = "usage_limit";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final InstantSource clock;
  private final Map<String, Standing> standings = new HashMap<>();

  /// What is known of one provider; nothing if nobody has met a limit of it, or a probe was heard.
  private sealed interface Standing {

    /// It may have a limit: whoever comes next is the probe.
    record Doubted() implements Standing {}

    /// Somebody asks.
    record Probed(Pass by) implements Standing {}

    /// It is not to be asked before that.
    record Closed(ModelReply.Faulted why, Instant until) implements Standing {}

    /// It has answered.
    record Open() implements Standing {}
  }

  /// Who wants to ask a provider.
  public enum Caller {
    /// For the first time, or again for reasons of its own.
    ANYONE,
    /// After a limit held it up, maybe in another process.
    HELD_UP,
    /// Since somebody said so, whatever is known.
    SENT
  }

  /// Whether a provider may be asked.
  public sealed interface Entry {

    record Admitted(Pass pass) implements Entry {}

    /// @param why with the time at which it may
    record Refused(ModelReply.Faulted why) implements Entry {}
  }

  public UsageLimits(InstantSource clock) {
    this.clock = clock;
  }

  /// Waits while somebody else finds out.
  ///
  /// @throws InterruptedException if cancelled
  public Entry enter(String provider, Caller caller, CancellationToken cancellation)
      throws InterruptedException {
    try (var _ = cancellation.onCancel(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (standings.get(provider) instanceof Standing.Probed) {
          if (cancellation.isCancelled()) {
            throw new InterruptedException("nobody waits for this agent any more");
          }
          changed.await();
        }
        return entry(provider, caller);
      } finally {
        lock.unlock();
      }
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Entry entry(String provider, Caller caller) {
    var pass = new Pass(provider);
    @Nullable Standing standing = standings.get(provider);
    if (standing instanceof Standing.Closed(var why, var until)
        && caller != Caller.SENT
        && clock.instant().isBefore(until)) {
      return new Entry.Refused(why);
    }
    boolean probes =
        standing == null ? caller == Caller.HELD_UP : !(standing instanceof Standing.Open);
    if (probes) {
      standings.put(provider, new Standing.Probed(pass));
    }
    return new Entry.Admitted(pass);
  }

  /// The leave of one agent to ask one provider.
  public final class Pass implements AutoCloseable {

    private final String provider;

    private Pass(String provider) {
      this.provider = provider;
    }

    /// What the provider said. Anything but a limit means that there is none, for all that is
    /// known. What was asked before a limit, or beside a probe, tells nothing of its end.
    public void heard(ModelReply reply) {
      lock.lock();
      try {
        var before = standings.get(provider);
        if (before instanceof Standing.Probed(var by) && !by.equals(this)) {
          return;
        }
        if (reply instanceof ModelReply.Faulted fault && fault.code().equals(CODE)) {
          standings.put(provider, closed(fault));
        } else if (!(before instanceof Standing.Closed)) {
          standings.put(provider, new Standing.Open());
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private Standing closed(ModelReply.Faulted fault) {
      var until = fault.until();
      var end = until == null ? clock.instant().plus(EngineLimits.PROBE_AFTER) : until;
      return new Standing.Closed(new ModelReply.Faulted(CODE, fault.message(), end), end);
    }

    /// The agent asks no more. If it never has, another one is the probe.
    @Override
    public void close() {
      lock.lock();
      try {
        if (standings.get(provider) instanceof Standing.Probed(var by) && by.equals(this)) {
          standings.put(provider, new Standing.Doubted());
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
