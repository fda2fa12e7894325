package mimo.engine.journal.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import org.jspecify.annotations.Nullable;

/// Something to write whose caller waits for what comes of it.
final class WaitedWork<T> implements Work {

  private final Writing<T> writing;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private @Nullable T written;

  /// What is to be written.
  interface Writing<T> {
    T to(EntryTable table) throws SQLException;
  }

  WaitedWork(Writing<T> writing) {
    this.writing = writing;
  }

  @Override
  public void apply(EntryTable table) throws SQLException {
    written = writing.to(table);
  }

  @Override
  public void committed() {
    result.complete(written);
  }

  @Override
  public void failed(EngineException cause) {
    result.completeExceptionally(cause);
  }

  /// Waits until it is durable.
  ///
  /// @param what for the message if the wait is interrupted
  T await(String what) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailure("store_failed", what + " was interrupted", e);
    }
  }
}
