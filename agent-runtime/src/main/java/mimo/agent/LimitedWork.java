package mimo.agent;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;

/// Runs work on a thread of its own, so that it can be stopped by time or by cancel without ever
/// interrupting the caller's thread, which still has a result to journal.
final class LimitedWork {

  /// How the work ended.
  sealed interface Ending<T> {

    record Done<T>(T value) implements Ending<T> {}

    /// Its time was over.
    record TimedOut<T>(Duration limit) implements Ending<T> {}

    /// Nothing was heard of it for too long.
    record Stalled<T>(Duration silence) implements Ending<T> {}

    /// It was cancelled.
    record Stopped<T>() implements Ending<T> {}
  }

  /// Something to do.
  interface Work<T> {
    T run(CancellationToken cancellation) throws InterruptedException;
  }

  private LimitedWork() {}

  /// Does `work` for as long as the patience lasts.
  ///
  /// @throws InterruptedException if the caller's thread is interrupted; the work is stopped then
  static <T> Ending<T> run(
      String name, Work<T> work, Patience patience, CancellationToken cancellation)
      throws InterruptedException {
    var stop = new CancellationSource();
    var result = new CompletableFuture<T>();
    var thread = Thread.ofVirtual().name(name).unstarted(() -> perform(work, stop, result));
    stop.onCancel(thread::interrupt);
    try (var _ = cancellation.onCancel(stop::cancel)) {
      thread.start();
      return await(result, patience);
    } finally {
      if (thread.isAlive()) {
        stop.cancel();
        // Its last words, such as the ends of what it started, should be heard before ours.
        thread.join(AgentLimits.STOP_GRACE_MILLIS);
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

  private static <T> Ending<T> await(CompletableFuture<T> result, Patience patience)
      throws InterruptedException {
    try {
      while (true) {
        try {
          return new Ending.Done<>(result.get(patience.left(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
          if (patience.left() == 0) {
            return over(patience);
          }
        }
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

  private static <T> Ending<T> over(Patience patience) {
    var limit = patience.limit();
    var stall = patience.stall();
    if (stall != null && patience.endedBySilence()) {
      return new Ending.Stalled<>(stall);
    }
    return new Ending.TimedOut<>(Objects.requireNonNull(limit, "nothing else can be over"));
  }
}
