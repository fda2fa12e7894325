package mimo.cli.testing;

import java.util.ArrayList;
import java.util.List;

/// Texts that would steer a terminal, were they printed as they are (S35, S57).
public final class TerminalPayloads {

  private TerminalPayloads() {}

  /// More than eighty of them.
  public static List<String> all() {
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
    return List.copyOf(all);
  }

  /// Whether a character neither steers a terminal nor hides from its user.
  public static boolean isSafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.FORMAT -> point == 0x200d || point == 0xad;
      default -> true;
    };
  }
}
