package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import mimo.sandbox.GuestEvent.Position;
import org.junit.jupiter.api.Test;

class LineIndexTest {

  @Test
  void everyKindOfLineBreakEndsALine() {
    var index = new LineIndex("a\nb\rc\r\nd\r");

    assertEquals(new Position(1, 1), index.position(0));
    assertEquals(new Position(2, 1), index.position(2));
    assertEquals(new Position(3, 1), index.position(4));
    assertEquals(new Position(3, 3), index.position(6));
    assertEquals(new Position(4, 1), index.position(7));
    assertEquals(new Position(5, 1), index.position(9));
  }

  @Test
  void manyLinesAreCounted() {
    var index = new LineIndex("x\n".repeat(1000));

    assertEquals(new Position(1001, 1), index.position(2000));
    IntStream.range(0, 2000)
        .forEach(offset -> assertEquals(offset, index.offset(index.position(offset))));
  }

  @Test
  void noOffsetIsGivenForWhatIsNoLine() {
    var index = new LineIndex("ab\nc");

    assertEquals(-1, index.offset(new Position(0, 0)));
    assertEquals(-1, index.offset(new Position(1, 0)));
    assertEquals(-1, index.offset(new Position(3, 1)));
    assertEquals(4, index.offset(new Position(2, 99)));
  }
}
