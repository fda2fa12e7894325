package mimo.engine;

/// What a parked run waits for (D50). No process needs to live meanwhile.
public enum ParkReason {
  /// The user must mend the way to the provider: the key, the model's name or the credit (D73).
  PROVIDER("provider"),

  /// The provider's limit on use must end first.
  USAGE_LIMIT("usage-limit"),

  /// A moment must come.
  TIMER("timer"),

  /// Somebody must answer a question.
  GATE("gate");

  private final String word;

  ParkReason(String word) {
    this.word = word;
  }

  /// The word of specs, journals and output.
  public String word() {
    return word;
  }

  /// The reason of that word.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ParkReason of(String word) {
    for (var reason : values()) {
      if (reason.word.equals(word)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is no reason to park a run");
  }
}
