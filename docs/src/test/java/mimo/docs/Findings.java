package mimo.docs;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Collection;

/// Turns what a rule found into one failure that a person can read from top to bottom.
final class Findings {

  private Findings() {}

  static void assertNone(Collection<String> found) {
    if (!found.isEmpty()) {
      fail(found.size() + " found:\n  " + String.join("\n  ", found));
    }
  }
}
