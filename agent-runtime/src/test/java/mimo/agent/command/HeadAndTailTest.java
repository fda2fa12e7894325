package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadAndTailTest {

  @Test
  void shortOutputIsShownWhole() {
    var sink = new HeadAndTail(10, 10);

    feed(sink, "0123", "456789");

    assertEquals("0123456789", sink.text());
  }

  @Test
  void longOutputIsShownByItsEnds() {
    var sink = new HeadAndTail(10, 10);

    feed(sink, "0123", "456789abc", "def");

    assertEquals("01234\n(… 16 bytes in all; their middle is not shown …)\nbcdef", sink.text());
  }

  @Test
  void manyLinesAreShownByTheFirstAndTheLast() {
    var sink = new HeadAndTail(1_000, 4);

    feed(sink, "1\n2\n3\n4\n5\n6\n");

    assertEquals("1\n2\n(… 6 lines in all; their middle is not shown …)\n5\n6\n", sink.text());
  }

  @Test
  void noCharacterIsCutAtTheHead() {
    var sink = new HeadAndTail(8, 10);

    feed(sink, "abc", "é", "defghijk");

    assertEquals("abc\n(… 13 bytes in all; their middle is not shown …)\nhijk", sink.text());
  }

  @Test
  void piecesOfAnySizeGiveTheSameEnds() {
    long seed = 20_261_123;
    var random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      var whole = new HeadAndTail(16, 100);
      feed(whole, text.toString());
      var pieces = new HeadAndTail(16, 100);
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(20));
        feed(pieces, text.substring(at, end));
        at = end;
      }

      assertEquals(whole.text(), pieces.text(), "seed " + seed + ", run " + run);
      if (text.length() <= 16) {
        assertEquals(text.toString(), whole.text());
      }
    }
  }

  private static void feed(HeadAndTail sink, String... texts) {
    for (var text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sink.accept(bytes, bytes.length);
    }
  }
}
