package mimo.agent.provider.quota;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Faulted;
import mimo.engine.CancellationToken;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;

/// Lets requests through to one provider, or not. It is open until the provider says that a quota
/// is used up, then closed until that is due, or for a while where nobody knows (D54). The next
/// request after that is a probe: the others wait until it has a reply. Thread-safe.
final class QuotaGate {

  static final String USAGE_LIMIT = "usage_limit";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final InstantSource clock;
  private boolean doubtful;
  private @Nullable Faulted limit;
  private Entry.@Nullable Pass probe;

  QuotaGate(InstantSource clock, boolean doubtful) {
    this.clock = clock;
    this.doubtful = doubtful;
  }

  /// What becomes of somebody who wants to ask.
  sealed interface Entry {

    /// He may, and says at the end what the provider told him.
    final class Pass implements Entry, AutoCloseable {

      private final QuotaGate gate;

      private Pass(QuotaGate gate) {
        this.gate = gate;
      }

      /// @return the reply; a limit of unknown end with the moment at which asking has sense again
      ModelReply told(ModelReply reply) {
        return gate.told(this, reply);
      }

      @Override
      public void close() {
        gate.leave(this);
      }
    }

    /// There is no sense in asking now.
    record Closed(Faulted why) implements Entry {}
  }

  /// Waits while a probe is under way.
  ///
  /// @throws InterruptedException if cancelled
  Entry enter(CancellationToken cancellation) throws InterruptedException {
    try (var _ = cancellation.onCancel(this::wake)) {
      lock.lock();
      try {
        while (true) {
          if (cancellation.isCancelled()) {
            throw new InterruptedException("cancelled while a probe was under way");
          }
          if (limit != null && clock.instant().isBefore(until(limit))) {
            return new Entry.Closed(limit);
          }
          if (limit == null && !doubtful) {
            return new Entry.Pass(this);
          }
          if (probe == null) {
            probe = new Entry.Pass(this);
            return probe;
          }
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private ModelReply told(Entry.Pass pass, ModelReply reply) {
    lock.lock();
    try {
      if (reply instanceof Faulted fault && fault.code().equals(USAGE_LIMIT)) {
        limit = new Faulted(fault.code(), fault.message(), until(fault));
        doubtful = false;
        return limit;
      }
      if (pass == probe && reply instanceof ModelReply.Completed) {
        limit = null;
        doubtful = false;
      }
      return reply;
    } finally {
      lock.unlock();
    }
  }

  private Instant until(Faulted fault) {
    return Objects.requireNonNullElseGet(
        fault.until(), () -> clock.instant().plus(EngineLimits.PROBE_AFTER));
  }

  /// Of a probe that came to nothing, the next one takes the place.
  private void leave(Entry.Pass pass) {
    lock.lock();
    try {
      if (pass == probe) {
        probe = null;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
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
}
