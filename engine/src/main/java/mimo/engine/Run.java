package mimo.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A run that this process executes. Thread-safe.
public final class Run {

  private final RunId id;
  private final StopSignal stop;
  private final Waits waits;
  private final CompletableFuture<RunResult> result;

  Run(RunId id, StopSignal stop, Waits waits, CompletableFuture<RunResult> result) {
    this.id = id;
    this.stop = stop;
    this.waits = waits;
    this.result = result;
  }

  public RunId id() {
    return id;
  }

  /// Waits for the run's end in this process. By then its lease is given back, and its listener has
  /// heard everything unless it was too slow.
  ///
  /// What broke the run is a [RunResult.Interrupted] with the code of the [EngineException].
  public RunResult await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("run " + id + " ended without a result", e.getCause());
    }
  }

  /// Stops the run for now: bodies are cancelled, nothing says that it ended, and it can be resumed
  /// exactly. Returns at once; [#await] tells when it is done.
  public void interrupt(String code, String message) {
    stop.request(new StopReason.Interrupted(code, message));
  }

  /// Stops the run for now, in order: nothing new begins, what acts on the world gets some seconds
  /// to end, and the journal says that the run is paused (D47). Returns at once.
  ///
  /// @param code `interrupted` for a signal
  public void pause(String code, String message) {
    stop.request(new StopReason.Paused(code, message, null));
  }

  /// Stops the run for good: it ends as cancelled. Returns at once.
  public void cancel() {
    stop.request(new StopReason.Cancelled(null));
  }

  /// Answers a question the run waits for.
  ///
  /// @param seq the step that asks
  public AnswerReceipt answer(int seq, GateAnswer answer) {
    return waits.answer(seq, answer);
  }

  /// Leaves the run to itself: it parks as soon as it can do nothing but wait. Returns at once.
  public void detach() {
    waits.detach();
  }

  boolean isDone() {
    return result.isDone();
  }

  /// Waits for the end until a moment of [System#nanoTime], and no longer.
  void awaitUntil(long deadline) {
    try {
      result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is over, or it will not be soon; closing goes on in both cases.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
