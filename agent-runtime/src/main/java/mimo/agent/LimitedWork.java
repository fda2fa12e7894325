package mimo.agent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Runs work on a thread of its own, so that it can be stopped by time or by cancel without ever
/// interrupting the caller's thread, which still has a result to journal.
final class LimitedWork {

  /// How the work ended.
  sealed interface Ending<T> {

    record Done<T>(T value) implements Ending<T> {}

    /// Its time was over.
    record TimedOut<T>(Duration limit) implements Ending<T> {}

    /// It was cancelled.
    record Stopped<T>() implements Ending<T> {}
  }

  /// Something to do.
  interface Work<T> {
    T run(CancellationToken cancellation) throws InterruptedException;
  }

  private LimitedWork() {}

  /// Does `work` for at most `limit`, if one is given.
  ///
  /// @throws InterruptedException if the caller's thread is interrupted; the work is stopped then
  static <T> Ending<T> run(
      String name, Work<T> work, @Nullable Duration limit, CancellationToken cancellation)
      throws InterruptedException {
    var stop = new CancellationSource();
    var result = new CompletableFuture<T>();
    var thread = Thread.ofVirtual().name(name).unstarted(() -> perform(work, stop, result));
    stop.onCancel(thread::interrupt);
    try (var _ = cancellation.onCancel(stop::cancel)) {
      thread.start();
      return await(result, limit);
    } finally {
      if (thread.isAlive()) {
        stop.cancel();
        // Its last words, such as the ends of what it started, should be heard before ours.
        thread.join(AgentLimits.STOP_GRACE);
      }
    }
  }

  private static <T> void perform(
      Work<T> work, CancellationToken cancellation, CompletableFuture<T> result) {
    try {
      result.complete(work.run(cancellation));
    } catch (InterruptedException | RuntimeException | Error failure) {
      // The boundary between threads: whatever ends the work is the caller's to judge.
      result.completeExceptionally(failure);
    }
  }

  private static <T> Ending<T> await(CompletableFuture<T> result, @Nullable Duration limit)
      throws InterruptedException {
    try {
      if (limit == null) {
        return new Ending.Done<>(result.get());
      }
      try {
        return new Ending.Done<>(result.get(limit.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException late) {
        return new Ending.TimedOut<>(limit);
      }
    } catch (ExecutionException failed) {
      return switch (failed.getCause()) {
        case InterruptedException _ -> new Ending.Stopped<>();
        case RuntimeException defect -> throw defect;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("work failed", failed);
      };
    }
  }
}
