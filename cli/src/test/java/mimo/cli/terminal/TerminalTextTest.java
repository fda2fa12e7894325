package mimo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TerminalTextTest {

  @ParameterizedTest
  @MethodSource("payloads")
  void letsNothingThroughThatSteersATerminal(String payload) {
    var shown = TerminalText.visible("before " + payload + " after");

    assertTrue(shown.startsWith("before ") && shown.endsWith(" after"), shown);
    shown.codePoints().forEach(point -> assertTrue(isSafe(point), () -> describe(point)));
  }

  @Test
  void knowsAtLeastEightyPayloads() {
    assertTrue(payloads().count() >= 80, payloads().count() + " payloads");
  }

  @Test
  void leavesPlainTextAsTheVeryStringItIs() {
    var text = "plain text\n\twith lines";

    assertSame(text, TerminalText.visible(text));
  }

  @Test
  void keepsLettersOfAllScriptsAndJoinedEmoji() {
    var text = "Größe, 日本語, עברית, 👩‍👩‍👧, café";

    assertEquals(text, TerminalText.visible(text));
  }

  @Test
  void showsWhatItTookAway() {
    assertEquals("␛[31mred␛[0m", TerminalText.visible("\u001b[31mred\u001b[0m"));
    assertEquals("a␍b␈c␡", TerminalText.visible("a\rb\bc\u007f"));
    assertEquals("<U+009B>2J<U+202E>txt.exe", TerminalText.visible("\u009b2J\u202etxt.exe"));
    assertEquals("<U+D800>x", TerminalText.visible("\ud800x"));
    assertEquals("<U+E0041>", TerminalText.visible("\udb40\udc41"));
  }

  @Test
  void makesOneLineOfSeveral() {
    assertEquals("a b c", TerminalText.oneLine("a\r\nb\tc"));
  }

  @Test
  void cutsByCharactersNeverInsideOne() {
    assertEquals("ab…", TerminalText.cut("abcdef", 3));
    assertEquals("👧👧", TerminalText.cut("👧👧", 2));
    assertEquals("👧…", TerminalText.cut("👧👧👧", 2));
    assertEquals("…", TerminalText.cut("abc", 0));
  }

  private static Stream<String> payloads() {
    var all = new ArrayList<String>();
    for (int control = 0; control < 0xa0; control++) {
      if ((control < ' ' && control != '\n' && control != '\t') || control >= 0x7f) {
        all.add(String.valueOf((char) control));
      }
    }
    all.addAll(
        List.of(
            "\u001b[2J",
            "\u001b]0;title\u0007",
            "\u001b]8;;http://evil\u001b\\click\u001b]8;;\u001b\\",
            "\u001b]52;c;ZXZpbA==\u0007",
            "\u001bP+q544e\u001b\\",
            "\u001b[6n",
            "\u001b[?1049h",
            "\u001bc",
            "\u009b31m",
            "\u009d0;title\u009c",
            "\r\u001b[1A\u001b[2Kfake prompt $ ",
            "\u202ecod.exe",
            "\u2066\u2067\u2068\u2069",
            "\u200e\u200f\u061c",
            "\u200b\u2060\ufeff",
            "\u2028\u2029",
            "\udb40\udc41\udb40\udc42",
            "\ud800",
            "\udc00",
            "\u001b[8mhidden\u001b[28m"));
    return all.stream();
  }

  private static boolean isSafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.FORMAT -> point == 0x200d || point == 0xad;
      default -> true;
    };
  }

  private static String describe(int point) {
    return String.format("U+%04X came through", point);
  }
}
