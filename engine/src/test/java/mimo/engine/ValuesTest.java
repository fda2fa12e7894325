package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mimo.engine.journal.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What the small values refuse to hold.
final class ValuesTest {

  private static String refusal(Executable making) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, making).getMessage());
  }

  @Test
  void aRunIdIsTwelveHexDigits() {
    for (var bad : List.of("", "7f3a", "7F3A90B1C2D4", "7f3a90b1c2d4e", "../../etc/pw")) {
      assertTrue(refusal(() -> new RunId(bad)).startsWith("run id '" + bad + "' must match "), bad);
    }
  }

  @Test
  void aContentKeyIsADigest() {
    assertTrue(refusal(() -> new ContentKey("ab")).startsWith("content key 'ab' must match "));
  }

  @Test
  void aStreamIsNamedByWordsThatAFileNameCanBear() {
    assertTrue(refusal(() -> new StreamId("Run", "a")).startsWith("stream kind 'Run' must match "));
    assertTrue(
        refusal(() -> new StreamId("run", "a/b")).startsWith("stream name 'a/b' must match "));
  }

  @Test
  void aPositionCountsFromOne() {
    assertEquals(
        "position a.js:0:1 must count from 1", refusal(() -> new SourcePosition("a.js", 0, 1)));
    assertEquals(
        "position a.js:1:0 must count from 1", refusal(() -> new SourcePosition("a.js", 1, 0)));
    assertEquals("a.js:1:1", new SourcePosition("a.js", 1, 1).toString());
  }

  @Test
  void aBudgetIsNotNegative() {
    assertEquals(
        "budget total -1 must not be negative", refusal(() -> new BudgetLimit.Total("t", -1)));
  }
}
