package mimo.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/// One limit of a run: the run's own, or that of a part of it. Holds what of it is spent and what
/// is set aside. Guarded by the lock of its [Budget].
final class Account {

  private final String name;
  private final BudgetLimit limit;
  private final @Nullable Account parent;
  private final Condition changed;
  private final Deque<Object> line = new ArrayDeque<>();
  private long spent;
  private long setAside;
  private int reserving;

  /// @param name whose limit it is, for messages
  /// @param parent the limit this one is a part of; null for the run's
  /// @param changed signalled when somebody in line may have a better chance
  Account(String name, BudgetLimit limit, @Nullable Account parent, Condition changed) {
    this.name = name;
    this.limit = limit;
    this.parent = parent;
    this.changed = changed;
  }

  String name() {
    return name;
  }

  String unit() {
    return limit.unit();
  }

  @Nullable Account parent() {
    return parent;
  }

  long spent() {
    return spent;
  }

  /// The most that may be spent; [Long#MAX_VALUE] without a limit.
  long total() {
    return switch (limit) {
      case BudgetLimit.Unlimited _ -> Long.MAX_VALUE;
      case BudgetLimit.Total(_, var total) -> total;
    };
  }

  boolean isLimited() {
    return limit instanceof BudgetLimit.Total;
  }

  boolean isExhausted() {
    return spent >= total();
  }

  /// Waits in line until `estimate` fits, until nobody else may give something back, or until all
  /// is spent.
  void await(long estimate) throws InterruptedException {
    var place = new Object();
    line.add(place);
    try {
      while (!isExhausted() && (!place.equals(line.peek()) || mustWait(estimate))) {
        changed.await();
      }
    } finally {
      line.remove(place);
      changed.signalAll();
    }
  }

  private boolean mustWait(long estimate) {
    return reserving > 0 && spent + setAside + estimate > total();
  }

  /// Sets something aside for a step.
  Hold hold(long estimate) {
    var hold = new Hold(Math.min(estimate, Math.max(0, total() - spent)));
    setAside += hold.remainder();
    reserving++;
    return hold;
  }

  /// Counts what a step used that holds nothing here any more, or never did.
  void add(long amount) {
    spent += amount;
    changed.signalAll();
  }

  /// What one step has of this account.
  final class Hold {

    private long estimate;
    private long charged;

    private Hold(long estimate) {
      this.estimate = estimate;
    }

    Account account() {
      return Account.this;
    }

    /// What is set aside and not yet used.
    long remainder() {
      return Math.max(0, estimate - charged);
    }

    void charge(long amount) {
      setAside -= remainder();
      charged += amount;
      setAside += remainder();
      add(amount);
    }

    /// How much the step may still use: what nobody else holds, but at least the rest of its own
    /// share.
    long allowance() {
      var left = Math.max(0, total() - spent);
      var own = remainder();
      return Math.max(left - (setAside - own), Math.min(own, left));
    }

    /// Sets aside as much as is needed: of what nobody else has, and no more than an equal part of
    /// all that is left, but at least what it has already.
    long claim(long most) {
      long left = Math.max(0, total() - spent);
      long mine = Math.max(0, left - (setAside - remainder()));
      long part = Math.max(remainder(), left / Math.max(1, reserving + line.size()));
      long own = Math.min(most, Math.min(mine, part));
      setAside -= remainder();
      estimate = charged + own;
      setAside += own;
      changed.signalAll();
      return own;
    }

    /// The step is over: what it used replaces what was set aside.
    void release() {
      setAside -= remainder();
      reserving--;
      changed.signalAll();
    }
  }
}
