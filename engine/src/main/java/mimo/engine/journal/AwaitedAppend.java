package mimo.engine.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import mimo.engine.EngineException;

/// The listener of somebody who has nothing else to do until an append is durable. Each object
/// hears of one append.
public final class AwaitedAppend implements AppendListener {

  private final CompletableFuture<Void> done = new CompletableFuture<>();

  @Override
  public void durable() {
    done.complete(null);
  }

  @Override
  public void failed(EngineException cause) {
    done.completeExceptionally(cause);
  }

  /// Returns once the records survive a power cut.
  ///
  /// @throws EngineException what kept them from being durable
  public void await() {
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e);
    }
  }
}
