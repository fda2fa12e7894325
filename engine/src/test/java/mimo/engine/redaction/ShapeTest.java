package mimo.engine.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/// Shapes read from left to right, and what they may not be.
final class ShapeTest {

  @Test
  void takesAllItCanAndGivesNothingBack() {
    var shape = Shape.parse("ab[0-9]{2,3}\\.c?[x-z_-]{2,}");

    assertEquals(9, shape.end("ab123.cxy", 0));
    assertEquals(10, shape.end(" ab12.x-_z!", 1));
    assertEquals(-1, shape.end("ab1.cxy", 0));
    assertEquals(-1, shape.end("ab1234.cxy", 0));
    assertEquals(-1, shape.end("ab12.cx", 0));
    assertEquals(-1, shape.end("ab12", 0));
    assertTrue(shape.isOpenEnded());
  }

  @Test
  void endsWithAWordWhereThePatternSaysSo() {
    var shape = Shape.parse("key[0-9]{2}$");

    assertEquals(5, shape.end("key12", 0));
    assertEquals(5, shape.end("key12-3", 0));
    assertEquals(-1, shape.end("key123", 0));
    assertFalse(shape.isOpenEnded());
  }

  @Test
  void knowsHowItsMatchesBegin() {
    assertEquals(Set.of("gha", "ghb"), Shape.parse("gh[ab]_[0-9]{4}").heads());
    assertEquals(Set.of("a00", "a01", "a10", "a11"), Shape.parse("a[01]{5}").heads());
    assertThrows(IllegalArgumentException.class, () -> Shape.parse("a[0-9]{1,9}").heads());
    assertThrows(IllegalArgumentException.class, () -> Shape.parse("[A-Za-z]{3}").heads());
  }

  @Test
  void readsASetAsAPatternSpellsIt() {
    var set = Alphabet.parse("a-c\\]_-");

    assertEquals("-]_abc", set.characters());
    assertFalse(set.has('ä'));
    assertFalse(set.has('d'));
    assertThrows(IllegalArgumentException.class, () -> Alphabet.parse("ä"));
  }

  @Test
  void readsEveryRowOfTheTable() {
    for (var detector : KnownKeys.all()) {
      for (var head : detector.heads()) {
        assertEquals(Shape.HEAD, head.length(), detector::toString);
      }
    }
    assertTrue(KnownKeys.all().size() > 150, "the table has lost rows");
  }
}
