package mimo.agent.memory.index;

import java.util.ArrayList;
import java.util.List;

/// Runs of characters that are written without blanks: Chinese, Japanese, Korean.
final class Wide {

  private Wide() {}

  static boolean is(int point) {
    var script = Character.UnicodeScript.of(point);
    return switch (script) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
      default -> point == '々' || point == 'ー';
    };
  }

  /// All runs in a text.
  static List<String> runs(String text) {
    var runs = new ArrayList<String>();
    var run = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (is(point)) {
            run.appendCodePoint(point);
          } else if (!run.isEmpty()) {
            runs.add(run.toString());
            run.setLength(0);
          }
        });
    if (!run.isEmpty()) {
      runs.add(run.toString());
    }
    return runs;
  }

  /// Each two characters that stand together; a single one alone.
  static List<String> pairs(String run) {
    int[] points = run.codePoints().toArray();
    var pairs = new ArrayList<String>();
    for (int i = 0; i + 1 < points.length; i++) {
      pairs.add(new String(points, i, 2));
    }
    if (points.length == 1) {
      pairs.add(run);
    }
    return pairs;
  }

  /// What stands in the index for a run: its pairs, and its last character, which begins none
  /// (M15).
  static List<String> tokens(String run) {
    var tokens = new ArrayList<>(pairs(run));
    if (run.codePointCount(0, run.length()) > 1) {
      tokens.add(new String(Character.toChars(run.codePointBefore(run.length()))));
    }
    return tokens;
  }
}
