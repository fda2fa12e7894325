package mimo.agent.distill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HiddenSignsTest {

  private static String sign(int point) {
    return Character.toString(point);
  }

  @Test
  void whatADiffDoesNotShowIsFoundM24() {
    for (int point :
        new int[] {
          0x0000, 0x00ad, 0x034f, 0x115f, 0x1160, 0x180b, 0x200b, 0x202e, 0x2028, 0x2800, 0x3164,
          0xe000, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xe0041, 0xe0100, 0xe01ef
        }) {
      var name = "U+%04X".formatted(point);

      assertEquals(Optional.of(name), HiddenSigns.first("Ship" + sign(point) + " it"), name);
    }
  }

  @Test
  void joinersStandSinglyWhereScriptsAndEmojiNeedThemM24() {
    for (var text :
        List.of(
            "Ship it\n\t- now",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0915\u094d\u200d\u0937",
            "\u2764\ufe0f 1\ufe0f\u20e3",
            "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb")) {
      assertEquals(Optional.empty(), HiddenSigns.first(text), text);
    }
    for (var text :
        List.of("a\u200db", "\u0645\u200c\u200d\u0645", "\u0645\u200c", "\u2764\ufe0f\ufe0f")) {
      assertEquals(true, HiddenSigns.first(text).isPresent(), text);
    }
  }
}
