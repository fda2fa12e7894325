package mimo.agent.provider;

import java.util.Locale;
import java.util.Optional;

/// How hard a model is to think, from not at all up (L72).
public enum Effort {
  OFF,
  MINIMAL,
  LOW,
  MEDIUM,
  HIGH,
  XHIGH,
  MAX;

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
