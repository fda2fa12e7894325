package mimo.engine.redaction;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Texts that were redacted with different keys, or where only one was (D70).
final class PlaceholdersTest {

  private static final String MARK = "[REDACTED:live-value:00ff]";

  @Test
  void knowsAPlaceholderByItsWholeShape() {
    assertTrue(Placeholders.in("a " + MARK));
    assertFalse(Placeholders.in("a [REDACTED:"));
    assertFalse(Placeholders.in("a [REDACTED:live-value:00F]"));
  }

  @Test
  void aPlaceholderOnEitherSideStandsForAnything() {
    assertTrue(Placeholders.mayBeEqual("use " + MARK + " now", "use hunter2 now"));
    assertTrue(Placeholders.mayBeEqual("use hunter2 now", "use " + MARK + " now"));
    assertTrue(Placeholders.mayBeEqual(MARK + "-" + MARK, "a-b"));
    assertTrue(Placeholders.mayBeEqual("same", "same"));
  }

  @Test
  void whatIsNotAPlaceholderMustBeEqual() {
    assertFalse(Placeholders.mayBeEqual("one", "two"));
    assertFalse(Placeholders.mayBeEqual("use " + MARK, "lose hunter2"));
    assertFalse(Placeholders.mayBeEqual(MARK + " now", "hunter2 then"));
    assertFalse(Placeholders.mayBeEqual("aba" + MARK + "aba", "aba"));
    assertFalse(Placeholders.mayBeEqual("x" + MARK + "mid" + MARK + "y", "x no such y"));
    assertFalse(Placeholders.mayBeEqual("x" + MARK + "yz" + MARK + "z", "xyz"));
  }
}
