package mimo.cli.mcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import mimo.agent.AgentEvent;
import mimo.cli.command.Runs;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.Outcome;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;

/// A run this server works on: what has happened in it so far, and how it ends. Thread-safe.
final class ServedRun implements Audience {

  private final CompletableFuture<Outcome> end = new CompletableFuture<>();
  private final CompletableFuture<Runs.Running> running = new CompletableFuture<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<String> phase = new AtomicReference<>("");

  /// How far a run has come.
  record Progress(int done, int asked, String phase) {}

  /// Begins to wait for the end of the run, on a thread of its own.
  void follow(Runs.Running started) {
    running.complete(started);
    Thread.ofVirtual().name("served-run").start(() -> await(started));
  }

  private void await(Runs.Running started) {
    try {
      end.complete(ended(started));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      end.completeExceptionally(stopped);
    } catch (RuntimeException broken) {
      end.completeExceptionally(broken);
    }
  }

  /// It is let go before anybody hears of its end, and may take it up again.
  private static Outcome ended(Runs.Running started) throws InterruptedException {
    try (started) {
      return Outcome.of(started.await(), false, started::source);
    }
  }

  CompletableFuture<Outcome> end() {
    return end;
  }

  boolean isOver() {
    return end.isDone();
  }

  /// Stops it so that it can be resumed.
  void pause() {
    running.thenAccept(Runs.Running::pause);
  }

  Progress progress() {
    return new Progress(done.get(), asked.get(), phase.get());
  }

  @Override
  public void recorded(RecordedEvent recorded) {
    if (recorded.event() instanceof RunEvent.StepScheduled) {
      asked.incrementAndGet();
    } else if (recorded.event() instanceof RunEvent.StepCompleted
        || recorded.event() instanceof RunEvent.StepFailed) {
      done.incrementAndGet();
    } else if (recorded.event() instanceof RunEvent.PhaseEntered(var title)) {
      phase.set(title);
    }
  }

  @Override
  public void stepStarted(RunId run, int seq) {
    // That it was asked for is told already.
  }

  @Override
  public void heard(RunId run, int seq, AgentEvent event) {
    // What agents say goes to the record, not to whoever started the run.
  }
}
