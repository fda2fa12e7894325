package mimo.agent;

import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;

/// The time an agent has for a turn. When it is over, what the agent does is stopped as if somebody
/// had stopped it: so it has its end before the turn has, and nothing is changed after it (LG2).
final class TurnTime implements AutoCloseable {

  private final Purse purse;
  private final CancellationToken cancellation;
  private final CancellationSource over = new CancellationSource();
  private final Thread watch;

  /// Begins to run.
  ///
  /// @param cancellation by which others stop the turn
  TurnTime(Purse purse, CancellationToken cancellation) {
    this.purse = purse;
    this.cancellation = cancellation;
    purse.begin();
    this.watch = Thread.ofVirtual().name("time of a turn").start(this::watch);
  }

  private void watch() {
    try {
      purse.awaitTimeOver();
      over.cancel();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// What stops the agent.
  CancellationToken stopping() {
    return cancellation.or(over);
  }

  /// Whether it was the time that stopped the agent, and nobody else.
  boolean isOver() {
    return over.isCancelled() && !cancellation.isCancelled();
  }

  @Override
  public void close() {
    purse.pause();
    watch.interrupt();
  }
}
