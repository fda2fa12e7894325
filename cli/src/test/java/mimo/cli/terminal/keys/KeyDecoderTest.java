package mimo.cli.terminal.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mimo.cli.terminal.keys.Key.Named;
import org.junit.jupiter.api.Test;

final class KeyDecoderTest {

  private static List<Key> keys(String sent) {
    var decoder = new KeyDecoder();
    var keys = new ArrayList<Key>();
    for (int i = 0; i < sent.length(); i++) {
      decoder.take(sent.charAt(i)).ifPresent(keys::add);
    }
    decoder.pause().ifPresent(keys::add);
    return keys;
  }

  @Test
  void readsCharactersOfEveryWidth() {
    assertEquals(
        List.of(new Key.Text("a"), new Key.Text("ü"), new Key.Text("中"), new Key.Text("😀")),
        keys("aü中😀"));
  }

  @Test
  void tellsEnterFromALineBreakThatWasMeant() {
    assertEquals(
        List.of(Named.ENTER, Named.NEW_LINE, Named.NEW_LINE, Named.NEW_LINE, Named.NEW_LINE),
        keys("\r\n\u001b\r\u001b[13;2u\u001b[27;2;13~"));
  }

  @Test
  void readsSpecialKeys() {
    assertEquals(
        List.of(Named.UP, Named.LEFT, Named.HOME, Named.DELETE, Named.WORD_LEFT, Named.INTERRUPT),
        keys("\u001b[A\u001bOD\u001b[1~\u001b[3~\u001b[1;5D\u0003"));
  }

  @Test
  void takesTheEscapeCharacterForTheKeyWhenNothingFollows() {
    assertEquals(List.of(Named.ESCAPE), keys("\u001b"));
  }

  @Test
  void takesTwoEscapesForTwoKeys() {
    assertEquals(List.of(Named.ESCAPE, Named.ESCAPE), keys("\u001b\u001b"));
  }

  @Test
  void keepsAPasteWholeAndItsLineBreaksHarmless() {
    assertEquals(
        List.of(new Key.Paste("one\ntwo\u001b[A\n"), new Key.Text("x")),
        keys("\u001b[200~one\rtwo\u001b[A\r\n\u001b[201~x"));
  }

  @Test
  void passesOverWhatNoKeySends() {
    assertEquals(
        List.of(Named.UNKNOWN, new Key.Text("a"), Named.UNKNOWN, new Key.Text("b")),
        keys("\u001b[99;99Za\u0000b"));
  }

  @Test
  void getsOverAnythingATerminalSends() {
    for (long seed = 0; seed < 1_000; seed++) {
      var random = new Random(seed);
      var decoder = new KeyDecoder();
      for (int i = 0; i < 200; i++) {
        decoder.take("\u001b[0;~OAxy\r".charAt(random.nextInt(10)));
      }

      decoder.pause();
      decoder.pause();

      assertTrue(!decoder.expectsMore(), "seed " + seed);
    }
  }
}
