package mimo.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What a run may still spend (L93 to L97). Thread-safe.
///
/// Before a step starts, its likely cost is set aside, lest forty parallel agents each spend the
/// last cent. The estimate is the mean of what steps of its kind have used so far. A step whose
/// estimate does not fit waits while others may still give something back; the last one runs with
/// what remains. Only agents reserve; other steps are merely counted.
final class Budget {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BudgetLimit limit;
  private final Set<Reservation> open = new HashSet<>();
  private final Deque<Object> line = new ArrayDeque<>();
  private final Map<StepKind, Mean> means = new EnumMap<>(StepKind.class);
  private final Map<String, Long> totals = new TreeMap<>();
  private long settled;
  private long setAside;
  private int reserving;

  /// What steps of one kind have used.
  private record Mean(long sum, long count) {
    Mean and(long amount) {
      return new Mean(sum + amount, count + 1);
    }

    long value() {
      return sum / count;
    }
  }

  /// Whether a step may start.
  sealed interface Admission {
    record Admitted(Reservation reservation) implements Admission {}

    record Exhausted(long spent, long total) implements Admission {}
  }

  Budget(BudgetLimit limit) {
    this.limit = limit;
  }

  /// Waits in line until the step may start, or until it is clear that it may not.
  Admission admit(StepKind kind) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return limit instanceof BudgetLimit.Total total && reserves(kind)
          ? admitWithin(total.total(), kind)
          : new Admission.Admitted(opened(kind, 0));
    } finally {
      lock.unlock();
    }
  }

  private static boolean reserves(StepKind kind) {
    return switch (kind) {
      case AGENT -> true;
      case FILE, WORKFLOW -> false;
    };
  }

  private Admission admitWithin(long total, StepKind kind) throws InterruptedException {
    var place = new Object();
    line.add(place);
    try {
      while (spentNow() < total && (!place.equals(line.peek()) || mustWait(total, kind))) {
        changed.await();
      }
    } finally {
      line.remove(place);
      changed.signalAll();
    }
    var left = total - spentNow();
    return left <= 0
        ? new Admission.Exhausted(spentNow(), total)
        : new Admission.Admitted(opened(kind, Math.min(estimate(kind, total), left)));
  }

  private boolean mustWait(long total, StepKind kind) {
    return reserving > 0 && spentNow() + setAside + estimate(kind, total) > total;
  }

  private long estimate(StepKind kind, long total) {
    var mean = means.get(kind);
    return mean == null
        ? Math.max(1, total / EngineLimits.FIRST_ESTIMATE_PARTS)
        : Math.max(1, mean.value());
  }

  private Reservation opened(StepKind kind, long estimate) {
    var reservation = new Reservation(this, kind, estimate);
    open.add(reservation);
    setAside += reservation.remainder();
    reserving += reserves(kind) ? 1 : 0;
    return reservation;
  }

  private long spentNow() {
    return totals.getOrDefault(limit.unit(), 0L);
  }

  /// What settled steps, and attempts that were cut off, have used of the budget's unit.
  long spent() {
    lock.lock();
    try {
      return settled;
    } finally {
      lock.unlock();
    }
  }

  /// All that was used, in every unit.
  Map<String, Long> totals() {
    lock.lock();
    try {
      return Map.copyOf(totals);
    } finally {
      lock.unlock();
    }
  }

  /// Counts a step that an earlier process settled (L97).
  void restore(StepKind kind, Map<String, Long> usage) {
    lock.lock();
    try {
      restoreCutOff(usage);
      // What used nothing never got to work, and says nothing about what work costs.
      if (!usage.isEmpty()) {
        learn(kind, amount(usage));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Counts what an earlier process spent on a step that it did not bring to an end (L97).
  void restoreCutOff(Map<String, Long> usage) {
    lock.lock();
    try {
      settled += amount(usage);
      add(usage);
    } finally {
      lock.unlock();
    }
  }

  private void learn(StepKind kind, long amount) {
    means.merge(kind, new Mean(amount, 1), (mean, _) -> mean.and(amount));
  }

  private long amount(Map<String, Long> usage) {
    return usage.getOrDefault(limit.unit(), 0L);
  }

  private void add(Map<String, Long> usage) {
    usage.forEach((unit, used) -> totals.merge(unit, used, Long::sum));
  }

  /// See [Reservation#charge].
  void charge(Reservation reservation, Map<String, Long> usage) {
    lock.lock();
    try {
      if (open.contains(reservation)) {
        setAside -= reservation.remainder();
        reservation.add(amount(usage));
        setAside += reservation.remainder();
        add(usage);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// See [Reservation#settle].
  void settle(Reservation reservation) {
    lock.lock();
    try {
      if (open.remove(reservation)) {
        setAside -= reservation.remainder();
        reserving -= reserves(reservation.kind()) ? 1 : 0;
        settled += reservation.charged();
        if (reservation.worked()) {
          learn(reservation.kind(), reservation.charged());
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// See [Reservation#allowance].
  long allowance(Reservation reservation) {
    lock.lock();
    try {
      return limit instanceof BudgetLimit.Total total
          ? allowanceWithin(total.total(), reservation)
          : Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  private long allowanceWithin(long total, Reservation reservation) {
    var left = Math.max(0, total - spentNow());
    var own = reservation.remainder();
    var free = left - (setAside - own);
    return Math.max(free, Math.min(own, left));
  }
}
