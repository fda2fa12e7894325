package mimo.engine;

/// The most a run may use of one unit.
public sealed interface BudgetLimit {

  /// Nothing limits the run; `unit` is what [Delivery#spent] counts all the same.
  record Unlimited(String unit) implements BudgetLimit {}

  /// At most `total` of `unit`.
  record Total(String unit, long total) implements BudgetLimit {
    public Total {
      if (total < 0) {
        throw new IllegalArgumentException("budget total " + total + " must not be negative");
      }
    }
  }

  String unit();
}
