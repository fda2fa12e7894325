package mimo.cli.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.engine.SourcePosition;
import org.junit.jupiter.api.Test;

final class SourceExcerptTest {

  @Test
  void pointsAtTheColumn() {
    var lines = SourceExcerpt.of("one\n\tawait agent(1)\n", new SourcePosition("a.js", 2, 8));

    assertEquals(List.of("  2 |  await agent(1)", "    |        ^"), lines);
  }

  @Test
  void cutsALongLineRoundTheColumn() {
    var text = "x".repeat(500) + "y" + "z".repeat(500);

    var lines = SourceExcerpt.of(text, new SourcePosition("a.js", 1, 501));

    assertEquals("  1 | " + "x".repeat(44) + "y" + "z".repeat(43), lines.get(0));
    assertEquals("    | " + " ".repeat(44) + "^", lines.get(1));
  }

  @Test
  void pointsBehindTheEndOfALine() {
    var lines = SourceExcerpt.of("ab", new SourcePosition("a.js", 1, 9));

    assertEquals(List.of("  1 | ab", "    |   ^"), lines);
  }

  @Test
  void saysNothingOfALineThatIsNotThere() {
    assertEquals(List.of(), SourceExcerpt.of("ab", new SourcePosition("a.js", 7, 1)));
  }
}
