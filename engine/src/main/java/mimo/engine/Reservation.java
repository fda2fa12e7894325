package mimo.engine;

import java.util.Map;

/// The part of a budget that one running step holds. Its figures are guarded by the budget's lock.
final class Reservation {

  private final Budget budget;
  private final StepKind kind;
  private final long estimate;
  private long charged;
  private boolean worked;

  Reservation(Budget budget, StepKind kind, long estimate) {
    this.budget = budget;
    this.kind = kind;
    this.estimate = estimate;
  }

  /// Counts usage as it arises.
  void charge(Map<String, Long> usage) {
    budget.charge(this, usage);
  }

  /// How much the step may still use: what nobody else holds, but at least the rest of its own
  /// share.
  long allowance() {
    return budget.allowance(this);
  }

  /// The step is over: what it used replaces what was set aside.
  void settle() {
    budget.settle(this);
  }

  StepKind kind() {
    return kind;
  }

  long charged() {
    return charged;
  }

  /// Whether anything was charged at all.
  boolean worked() {
    return worked;
  }

  /// What is set aside and not yet used.
  long remainder() {
    return Math.max(0, estimate - charged);
  }

  void add(long amount) {
    charged += amount;
    worked = true;
  }
}
