package mimo.engine.testing;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mimo.engine.RecordedEvent;
import mimo.engine.Run;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.Standstill;

/// Waits until a run can do nothing but wait. Thread-safe.
public final class RestWatch implements RunListener {

  private final BlockingQueue<Standstill> rests = new LinkedBlockingQueue<>();

  @Override
  public void recorded(RecordedEvent event) {}

  @Override
  public void stepStarted(RunId run, int seq) {}

  @Override
  public void rests(RunId run, Standstill standstill) {
    rests.add(standstill);
  }

  /// Waits until the run can do nothing but wait, or has ended.
  ///
  /// @return false if it has ended
  public boolean restsBefore(Run run) throws InterruptedException {
    var ended = Thread.startVirtualThread(() -> awaitEnd(run));
    try {
      return !rests.take().causes().isEmpty();
    } finally {
      ended.interrupt();
    }
  }

  private void awaitEnd(Run run) {
    try {
      run.await();
      rests.add(new Standstill(List.of()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the run waits for, the next time it rests with so many steps open.
  public Standstill await(int steps) throws InterruptedException {
    var standstill = rests.take();
    while (standstill.causes().size() != steps) {
      standstill = rests.take();
    }
    return standstill;
  }
}
