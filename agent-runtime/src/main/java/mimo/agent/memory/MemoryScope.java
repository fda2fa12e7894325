package mimo.agent.memory;

import java.util.Locale;
import java.util.Optional;

/// For whom something is remembered.
public enum MemoryScope {
  /// Everywhere.
  GLOBAL(1.0),
  /// In one project.
  PROJECT(1.1),
  /// In one session.
  SESSION(1.2);

  private final double boost;

  MemoryScope(double boost) {
    this.boost = boost;
  }

  /// What is nearer counts more (M16).
  public double boost() {
    return boost;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MemoryScope> of(String word) {
    for (var scope : values()) {
      if (scope.word().equals(word)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
