package mimo.agent.provider;

import java.util.Locale;
import java.util.Optional;

/// How hard a model is to think, from not at all up (L72).
public enum Effort {
  OFF(0),
  MINIMAL(1),
  LOW(2),
  MEDIUM(3),
  HIGH(4),
  XHIGH(5),
  MAX(6);

  private final int degree;

  Effort(int degree) {
    this.degree = degree;
  }

  /// How many steps lie between this and another.
  int stepsTo(Effort other) {
    return Math.abs(degree - other.degree);
  }

  /// The word of scripts and configurations.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The effort of that word, if there is one.
  public static Optional<Effort> of(String word) {
    for (var effort : values()) {
      if (effort.word().equals(word)) {
        return Optional.of(effort);
      }
    }
    return Optional.empty();
  }
}
