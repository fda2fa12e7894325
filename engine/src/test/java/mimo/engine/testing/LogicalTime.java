package mimo.engine.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mimo.engine.CancellationToken.Registration;
import mimo.engine.scheduling.Timers;
import org.jspecify.annotations.Nullable;

/// Time that passes when told to: a clock on the wall, which may be put forward or back, and alarms
/// that know nothing of that clock. Thread-safe; alarms go off on the thread that lets time pass,
/// but for those that are due at once.
public final class LogicalTime implements InstantSource, Timers {

  private final List<Alarm> alarms = new ArrayList<>();
  private Instant wall = Instant.parse("2026-03-01T09:00:00.123Z");
  private Duration passed = Duration.ZERO;
  private Instant watched = Instant.MAX;
  private Duration afterReading = Duration.ZERO;

  private record Alarm(Duration at, Runnable action) {}

  @Override
  public synchronized Instant instant() {
    var read = wall;
    if (!read.isBefore(watched)) {
      watched = Instant.MAX;
      wall = wall.plus(afterReading);
    }
    return read;
  }

  @Override
  public synchronized Registration after(Duration delay, Runnable action) {
    if (!delay.isPositive()) {
      Thread.startVirtualThread(action);
      return () -> {};
    }
    var alarm = new Alarm(passed.plus(delay), action);
    alarms.add(alarm);
    return () -> forget(alarm);
  }

  private synchronized void forget(Alarm alarm) {
    alarms.remove(alarm);
  }

  /// How many alarms are set.
  public synchronized int alarms() {
    return alarms.size();
  }

  /// Lets time pass for everybody, alarm by alarm.
  public void pass(Duration span) {
    var end = passed().plus(span);
    for (var next = takeUntil(end); next != null; next = takeUntil(end)) {
      next.run();
    }
    moveTo(end);
  }

  private synchronized Duration passed() {
    return passed;
  }

  private synchronized @Nullable Runnable takeUntil(Duration end) {
    var next = alarms.stream().min(Comparator.comparing(Alarm::at)).orElse(null);
    if (next == null || next.at().compareTo(end) > 0) {
      return null;
    }
    alarms.remove(next);
    moveTo(next.at());
    return next.action();
  }

  private synchronized void moveTo(Duration then) {
    if (then.compareTo(passed) > 0) {
      wall = wall.plus(then.minus(passed));
      passed = then;
    }
  }

  /// Somebody sets the clock on the wall, forward or back.
  public synchronized void put(Duration by) {
    wall = wall.plus(by);
  }

  /// Somebody sets it right after it has first shown `moment`, or later, to anybody.
  public synchronized void putAfterShowing(Instant moment, Duration by) {
    watched = moment;
    afterReading = by;
  }
}
