package mimo.engine;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;

/// A session in the journal: a stream of its own, written in one line with the run's (D25).
/// Thread-safe.
///
/// Writing does not wait, so that what belongs together shares a commit: a reply and the start of
/// the calls it makes, the last result and the end of the step. Whoever is about to act waits once,
/// for all of it.
final class JournaledSession implements Session {

  private final ReentrantLock order = new ReentrantLock();
  private final StreamId stream;
  private final RunSessions run;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /// Whether the journal may hold something; a step of a new run need not look.
  private boolean written;

  JournaledSession(StreamId stream, RunSessions run) {
    this.stream = stream;
    this.run = run;
    this.written = run.lease().head() > 0;
  }

  @Override
  public List<SessionEntry> recorded() throws InterruptedException {
    if (!mayHoldSomething()) {
      return List.of();
    }
    awaitDurable();
    return new SessionReader(run.journal()).read(stream);
  }

  private boolean mayHoldSomething() {
    order.lock();
    try {
      return written;
    } finally {
      order.unlock();
    }
  }

  @Override
  public SessionEntry append(String type, String json) {
    var at = run.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var encoded = run.codec().encode(new SessionEntry(type, json, at));
    order.lock();
    try {
      var done = new CompletableFuture<Void>();
      written = true;
      last = done;
      run.journal().append(run.lease(), stream, List.of(encoded.record()), heard(done));
    } finally {
      order.unlock();
    }
    return encoded.stored();
  }

  private AppendListener heard(CompletableFuture<Void> done) {
    return new AppendListener() {
      @Override
      public void durable() {
        done.complete(null);
      }

      @Override
      public void failed(EngineException cause) {
        run.broken().accept(cause);
        done.completeExceptionally(cause);
      }
    };
  }

  @Override
  public void awaitDurable() throws InterruptedException {
    try {
      latest().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e);
    }
  }

  /// Appends become durable in order, so the last stands for all.
  private CompletableFuture<Void> latest() {
    order.lock();
    try {
      return last;
    } finally {
      order.unlock();
    }
  }
}
