package mimo.engine.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mimo.engine.CancellationToken.Registration;
import mimo.engine.scheduling.Timers;

/// Timers that go off when told to. Thread-safe.
public final class ManualTimers implements Timers {

  private final List<Alarm> alarms = new ArrayList<>();

  /// Something that is to happen.
  private record Alarm(Duration delay, Runnable action) {}

  @Override
  public synchronized Registration after(Duration delay, Runnable action) {
    var alarm = new Alarm(delay, action);
    alarms.add(alarm);
    notifyAll();
    return () -> forget(alarm);
  }

  private synchronized void forget(Alarm alarm) {
    alarms.remove(alarm);
  }

  /// What is waited for, in the order of asking.
  public synchronized List<Duration> delays() {
    return alarms.stream().map(Alarm::delay).toList();
  }

  /// Lets the first of them go off, once there is one.
  public void fire() throws InterruptedException {
    Runnable action;
    synchronized (this) {
      while (alarms.isEmpty()) {
        wait();
      }
      action = alarms.removeFirst().action();
    }
    action.run();
  }
}
