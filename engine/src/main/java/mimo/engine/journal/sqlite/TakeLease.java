package mimo.engine.journal.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// Writes down who owns a stream from now on, unless somebody was faster.
final class TakeLease implements Work {

  private final StreamId stream;
  private final Claim claim;
  private final CompletableFuture<Taking> result = new CompletableFuture<>();
  private @Nullable Taking taking;

  /// What came of it.
  sealed interface Taking {

    record Granted(SqliteLease.Grant grant) implements Taking {}

    /// What the store says allows no such claim.
    record Denied(LeaseRow row) implements Taking {}
  }

  TakeLease(StreamId stream, Claim claim) {
    this.stream = stream;
    this.claim = claim;
  }

  @Override
  public void apply(EntryTable table) throws SQLException {
    try {
      var row = table.lease(stream);
      taking =
          claim.mayReplace(row)
              ? new Taking.Granted(table.take(stream, claim))
              : new Taking.Denied(row);
    } catch (StoreFailure e) {
      // One damaged stream must not fail what others write in the same transaction.
      result.completeExceptionally(e);
    }
  }

  @Override
  public void committed() {
    result.complete(taking);
  }

  @Override
  public void failed(EngineException cause) {
    result.completeExceptionally(cause);
  }

  /// Waits for the writer.
  Taking await() {
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
