package mimo.cli.terminal.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mimo.cli.terminal.WindowSize;
import mimo.cli.terminal.keys.LiveTail.Contents;
import mimo.cli.testing.Screen;
import org.junit.jupiter.api.Test;

final class LiveTailTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final LiveTail tail = new LiveTail(out, () -> new WindowSize(20, 10));

  private List<String> screen() {
    return new Screen().show(bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void printsAboveWhatIsBeingTyped() {
    tail.show(new Contents(List.of("status"), "> ", "hel", 3));
    tail.print(List.of("one", "two"));
    tail.show(new Contents(List.of("other"), "> ", "hello", 5));

    assertEquals(List.of("one", "two", "other", "> hello"), screen());
  }

  @Test
  void breaksALongTextAndAlignsItsRows() {
    tail.show(new Contents(List.of(), "> ", "a".repeat(20) + "\nb", 22));

    assertEquals(List.of("> " + "a".repeat(17), "  aaa", "  b"), screen());
  }

  @Test
  void showsTheRowsAroundTheCursorOfATextThatIsTooLong() {
    tail.show(new Contents(List.of(), "> ", "x\n".repeat(20) + "end", 43));

    assertEquals(8, screen().size());
    assertEquals("  end", screen().getLast());
  }

  @Test
  void leavesNothingOfItselfBehind() {
    tail.show(new Contents(List.of("status"), "> ", "text\nmore", 2));
    tail.print(List.of("kept"));
    tail.clear();

    assertEquals(List.of("kept"), screen());
  }

  @Test
  void showsWhatIsTypedWithoutItsControlCharacters() {
    tail.show(new Contents(List.of(), "> ", "a\u001b[2J", 5));

    assertEquals(List.of("> a␛[2J"), screen());
  }
}
