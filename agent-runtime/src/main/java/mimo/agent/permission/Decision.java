package mimo.agent.permission;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a rule says, the strictest last.
public enum Decision {
  ALLOW,
  ASK,
  DENY;

  /// The decision a configuration means by this word.
  public static Optional<Decision> of(String word) {
    return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isStricterThan(Decision other) {
    return compareTo(other) > 0;
  }
}
