package mimo.engine.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One way to tell a secret from other text. Looks only where one of its heads stands, and at a
/// bounded stretch behind it. Thread-safe.
interface Detector {

  /// The first three characters of everything it finds, in any case.
  Set<String> heads();

  /// The secret that the head at `at` announces; null if it announces none.
  @Nullable Match at(String text, int at);

  /// Whether nothing is looked for inside of what was found.
  default boolean isOpenEnded() {
    return false;
  }

  /// Where a secret stands, and by which rule.
  record Match(String rule, int start, int end) {

    boolean overlaps(Match later) {
      return later.start < end;
    }

    /// Both in one, named by the first.
    Match and(Match later) {
      return new Match(rule, start, Math.max(end, later.end));
    }
  }
}
