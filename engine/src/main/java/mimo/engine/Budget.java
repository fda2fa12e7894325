package mimo.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What a run may still spend (L93 to L97). Thread-safe.
///
/// Before a step starts, its likely cost is set aside, lest forty parallel agents each spend the
/// last cent. The estimate is the mean of what steps of its kind have used so far. A step whose
/// estimate does not fit waits while others may still give something back; the last one runs with
/// what remains. Only agents reserve; other steps are merely counted.
///
/// A part of the run may have a budget of its own. What a step uses counts against that and against
/// each one around it (L96). A step gets its share of the innermost first and of the run's last. So
/// whoever waits for the run's share holds nothing that those who run need to go on. It does hold
/// its place among the steps at work, so a wide part with little to spend slows others down.
final class Budget {

  /// The number of the run's own budget.
  static final int RUN = 0;

  private final ReentrantLock lock = new ReentrantLock();
  private final String unit;
  private final List<Account> accounts = new ArrayList<>();
  private final Set<Reservation> open = new HashSet<>();
  private final Map<StepKind, Experience> experiences = new EnumMap<>(StepKind.class);
  private final Map<String, Long> totals = new TreeMap<>();
  private long settled;

  /// What steps of one kind have used.
  private static final class Experience {
    private final Map<String, Long> sums = new TreeMap<>();
    private long steps;

    void learn(Map<String, Long> usage) {
      usage.forEach((unit, amount) -> sums.merge(unit, amount, Long::sum));
      steps++;
    }

    long mean(String unit) {
      return Math.max(1, sums.getOrDefault(unit, 0L) / steps);
    }
  }

  /// Whether a step may start.
  sealed interface Admission {
    record Admitted(Reservation reservation) implements Admission {}

    /// @param budget whose it is
    record Exhausted(String budget, long spent, long total, String unit) implements Admission {
      static Exhausted of(Account account) {
        return new Exhausted(account.name(), account.spent(), account.total(), account.unit());
      }
    }
  }

  Budget(BudgetLimit limit) {
    this.unit = limit.unit();
    accounts.add(new Account("the run", limit, null, lock.newCondition()));
  }

  /// Opens a budget for a part of the run.
  ///
  /// @param parent the number of the budget around it
  /// @return its number, from 1 without gaps
  int open(int parent, String name, BudgetLimit.Total limit) {
    lock.lock();
    try {
      accounts.add(new Account(name, limit, account(parent), lock.newCondition()));
      return accounts.size() - 1;
    } finally {
      lock.unlock();
    }
  }

  /// Whether there is a budget of this number.
  boolean has(int number) {
    lock.lock();
    try {
      return number >= 0 && number < accounts.size();
    } finally {
      lock.unlock();
    }
  }

  private Account account(int number) {
    if (number < 0 || number >= accounts.size()) {
      throw new IllegalArgumentException(
          "budget " + number + " is not open; " + accounts.size() + " are");
    }
    return accounts.get(number);
  }

  /// A budget and all around it, the innermost first.
  private List<Account> chain(int number) {
    var chain = new ArrayList<Account>();
    for (@Nullable Account each = account(number); each != null; each = each.parent()) {
      chain.add(each);
    }
    return chain;
  }

  /// Waits in line until the step may start, or until it is clear that it may not.
  ///
  /// @param number the innermost budget the step counts against
  Admission admit(StepKind kind, int number) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var chain = chain(number);
      if (!kind.isAgent()) {
        return admitted(kind, chain, List.of());
      }
      var holds = new ArrayList<Account.Hold>();
      try {
        return admitWithin(kind, chain, holds);
      } catch (InterruptedException e) {
        holds.forEach(Account.Hold::release);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private Admission admitWithin(StepKind kind, List<Account> chain, List<Account.Hold> holds)
      throws InterruptedException {
    for (var account : chain) {
      if (account.isLimited()) {
        account.await(estimate(kind, account));
        // While it waited at one, others may have spent what another had.
        var exhausted = chain.stream().filter(Account::isExhausted).findFirst();
        if (exhausted.isPresent()) {
          holds.forEach(Account.Hold::release);
          return Admission.Exhausted.of(exhausted.get());
        }
        holds.add(account.hold(estimate(kind, account)));
      }
    }
    return admitted(kind, chain.stream().filter(account -> !account.isLimited()).toList(), holds);
  }

  private Admission admitted(StepKind kind, List<Account> counted, List<Account.Hold> holds) {
    var reservation = new Reservation(this, kind, counted, holds);
    open.add(reservation);
    return new Admission.Admitted(reservation);
  }

  private long estimate(StepKind kind, Account account) {
    var experience = experiences.get(kind);
    return experience == null
        ? Math.max(1, account.total() / EngineLimits.FIRST_ESTIMATE_PARTS)
        : experience.mean(account.unit());
  }

  /// What settled steps, and attempts that were cut off, have used of the run's unit.
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
  void restore(StepKind kind, int number, Map<String, Long> usage) {
    lock.lock();
    try {
      restoreCutOff(number, usage);
      learn(kind, usage);
    } finally {
      lock.unlock();
    }
  }

  /// Counts what an earlier process spent on a step that it did not bring to an end (L97).
  void restoreCutOff(int number, Map<String, Long> usage) {
    lock.lock();
    try {
      settled += usage.getOrDefault(unit, 0L);
      chain(number).forEach(account -> account.add(usage.getOrDefault(account.unit(), 0L)));
      add(usage);
    } finally {
      lock.unlock();
    }
  }

  /// What used nothing never got to work, and says nothing about what work costs.
  private void learn(StepKind kind, Map<String, Long> usage) {
    if (!usage.isEmpty()) {
      experiences.computeIfAbsent(kind, _ -> new Experience()).learn(usage);
    }
  }

  private void add(Map<String, Long> usage) {
    usage.forEach((name, used) -> totals.merge(name, used, Long::sum));
  }

  /// See [Reservation#charge].
  void charge(Reservation reservation, Map<String, Long> usage) {
    lock.lock();
    try {
      if (open.contains(reservation)) {
        reservation.add(usage);
        add(usage);
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
        reservation.holds().forEach(Account.Hold::release);
        settled += reservation.used().getOrDefault(unit, 0L);
        learn(reservation.kind(), reservation.used());
      }
    } finally {
      lock.unlock();
    }
  }

  /// See [Reservation#allowance].
  Allowance allowance(Reservation reservation) {
    return allowance(reservation, Account.Hold::allowance);
  }

  /// See [Reservation#claim].
  Allowance claim(Reservation reservation, Map<String, Long> most) {
    return allowance(
        reservation, hold -> hold.claim(most.getOrDefault(hold.account().unit(), Long.MAX_VALUE)));
  }

  private Allowance allowance(Reservation reservation, ToLongFunction<Account.Hold> amounts) {
    lock.lock();
    try {
      var left = new TreeMap<String, Long>();
      var exhausted = "";
      for (var hold : reservation.holds()) {
        var amount = amounts.applyAsLong(hold);
        left.merge(hold.account().unit(), amount, Math::min);
        exhausted = amount > 0 || !exhausted.isEmpty() ? exhausted : hold.account().name();
      }
      return new Allowance(left, exhausted);
    } finally {
      lock.unlock();
    }
  }
}
