package mimo.engine.journal.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// Writes down who owns a stream from now on.
final class TakeLease implements Work {

  private final StreamId stream;
  private final Owner owner;
  private final CompletableFuture<SqliteLease.Grant> result = new CompletableFuture<>();
  private SqliteLease.@Nullable Grant grant;

  TakeLease(StreamId stream, Owner owner) {
    this.stream = stream;
    this.owner = owner;
  }

  @Override
  public void apply(EntryTable table) throws SQLException {
    try {
      grant = table.take(stream, owner);
    } catch (StoreFailure e) {
      // One damaged stream must not fail what others write in the same transaction.
      result.completeExceptionally(e);
    }
  }

  @Override
  public void committed() {
    result.complete(grant);
  }

  @Override
  public void failed(EngineException cause) {
    result.completeExceptionally(cause);
  }

  /// Waits for the writer.
  SqliteLease.Grant await() {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailure("store_failed", stream + ": taking its lease was interrupted", e);
    }
  }
}
