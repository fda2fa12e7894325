package mimo.agent.maxmode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mimo.agent.AgentLimits;
import mimo.agent.provider.ModelReply;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;

/// Asks for several replies at once, each on a thread of its own. How many requests a provider
/// takes at a time is its own business, as it is with agents that work side by side.
final class Candidates {

  /// Asks for one reply.
  interface Asking {

    /// @param candidate its number, from 0
    ModelReply ask(int candidate, CancellationToken cancellation) throws InterruptedException;
  }

  private final Asking asking;

  Candidates(Asking asking) {
    this.asking = asking;
  }

  /// Asks for the candidates from `first` up to, but without, `end`.
  ///
  /// @return in their order
  /// @throws InterruptedException if cancelled; all of them are stopped then
  List<ModelReply> ask(int first, int end, CancellationToken cancellation)
      throws InterruptedException {
    var stop = new CancellationSource();
    var threads = new ArrayList<Thread>();
    var replies = new ArrayList<CompletableFuture<ModelReply>>();
    for (int i = first; i < end; i++) {
      int number = i;
      var reply = new CompletableFuture<ModelReply>();
      var thread =
          Thread.ofVirtual()
              .name("candidate-" + (number + 1))
              .unstarted(() -> perform(number, stop, reply));
      stop.onCancel(thread::interrupt);
      threads.add(thread);
      replies.add(reply);
    }
    try (var _ = cancellation.onCancel(stop::cancel)) {
      threads.forEach(Thread::start);
      return await(replies);
    } finally {
      stop.cancel();
      join(threads);
    }
  }

  private void perform(
      int candidate, CancellationToken cancellation, CompletableFuture<ModelReply> reply) {
    try {
      reply.complete(asking.ask(candidate, cancellation));
    } catch (InterruptedException | RuntimeException | Error failure) {
      // The boundary between threads: whatever ends the work is the caller's to judge.
      reply.completeExceptionally(failure);
    }
  }

  private static List<ModelReply> await(List<CompletableFuture<ModelReply>> replies)
      throws InterruptedException {
    var done = new ArrayList<ModelReply>();
    for (var reply : replies) {
      try {
        done.add(reply.get());
      } catch (ExecutionException failed) {
        switch (failed.getCause()) {
          case InterruptedException stopped -> throw stopped;
          case RuntimeException defect -> throw defect;
          case Error error -> throw error;
          case null, default -> throw new IllegalStateException("a candidate failed", failed);
        }
      }
    }
    return done;
  }

  /// Their last words should be heard before ours; all together they have a moment for them.
  private static void join(List<Thread> threads) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AgentLimits.STOP_GRACE_MILLIS);
    for (var thread : threads) {
      if (thread.isAlive()) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
      }
    }
  }
}
