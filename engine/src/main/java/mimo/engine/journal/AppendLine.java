package mimo.engine.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.engine.EngineException;

/// Appends that are made without waiting, one after the other, and the wait for the last of them.
/// Thread-safe.
public final class AppendLine {

  private final ReentrantLock order = new ReentrantLock();
  private final Consumer<EngineException> broken;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /// @param broken told, on the journal's thread, when an append has failed
  public AppendLine(Consumer<EngineException> broken) {
    this.broken = broken;
  }

  /// Makes an append, which is to tell the listener what became of it. The order of calls is the
  /// order of appends.
  public void append(Consumer<AppendListener> how) {
    order.lock();
    try {
      var done = new CompletableFuture<Void>();
      last = done;
      how.accept(heard(done));
    } finally {
      order.unlock();
    }
  }

  private AppendListener heard(CompletableFuture<Void> done) {
    return new AppendListener() {
      @Override
      public void durable() {
        done.complete(null);
      }

      @Override
      public void failed(EngineException cause) {
        broken.accept(cause);
        done.completeExceptionally(cause);
      }
    };
  }

  /// Waits until every append so far is durable. They become so in order, so the last stands for
  /// all.
  ///
  /// @throws EngineException if it cannot become so
  public void awaitDurable() throws InterruptedException {
    try {
      latest().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e);
    }
  }

  private CompletableFuture<Void> latest() {
    order.lock();
    try {
      return last;
    } finally {
      order.unlock();
    }
  }
}
