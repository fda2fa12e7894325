package mimo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import mimo.cli.testing.TerminalPayloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TerminalTextTest {

  @ParameterizedTest
  @MethodSource("payloads")
  void letsNothingThroughThatSteersATerminal(String payload) {
    var shown = TerminalText.visible("before " + payload + " after");

    assertTrue(shown.startsWith("before ") && shown.endsWith(" after"), shown);
    shown
        .codePoints()
        .forEach(point -> assertTrue(TerminalPayloads.isSafe(point), () -> describe(point)));
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
    return TerminalPayloads.all().stream();
  }

  private static String describe(int point) {
    return String.format("U+%04X came through", point);
  }
}
