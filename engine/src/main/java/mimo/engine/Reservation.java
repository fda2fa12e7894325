package mimo.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one running step holds of a run's budget: a part of each limit it counts against. Its
/// figures are guarded by the budget's lock.
final class Reservation {

  private final Budget budget;
  private final StepKind kind;
  private final List<Account> counted;
  private final List<Account.Hold> holds;
  private final Map<String, Long> used = new TreeMap<>();

  /// @param counted the limits it counts against without holding anything of them
  /// @param holds what it holds of the others
  Reservation(Budget budget, StepKind kind, List<Account> counted, List<Account.Hold> holds) {
    this.budget = budget;
    this.kind = kind;
    this.counted = List.copyOf(counted);
    this.holds = List.copyOf(holds);
  }

  /// Counts usage as it arises.
  void charge(Map<String, Long> usage) {
    budget.charge(this, usage);
  }

  /// How much the step may still use.
  Allowance allowance() {
    return budget.allowance(this);
  }

  /// See [ActivityContext#claim].
  Allowance claim(Map<String, Long> most) {
    return budget.claim(this, most);
  }

  /// The step is over: what it used replaces what was set aside.
  void settle() {
    budget.settle(this);
  }

  StepKind kind() {
    return kind;
  }

  List<Account.Hold> holds() {
    return holds;
  }

  /// What was charged so far; empty if nothing was charged at all.
  Map<String, Long> used() {
    return used;
  }

  void add(Map<String, Long> usage) {
    usage.forEach((unit, amount) -> used.merge(unit, amount, Long::sum));
    counted.forEach(account -> account.add(usage.getOrDefault(account.unit(), 0L)));
    holds.forEach(hold -> hold.charge(usage.getOrDefault(hold.account().unit(), 0L)));
  }
}
