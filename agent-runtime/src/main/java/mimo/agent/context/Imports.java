package mimo.agent.context;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/// The paths a text of instructions imports: `@path` as a word of its own, outside of code.
final class Imports {

  private static final Pattern WORD = Pattern.compile("(?:^|[\\s(])@([^\\s`()\\[\\]{}<>'\",;*|]+)");
  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");

  private Imports() {}

  /// In the order in which they are named. A closing full stop is the sentence's.
  static List<String> in(String text) {
    var found = new ArrayList<String>();
    boolean fenced = false;
    for (var line : text.split("\n", -1)) {
      if (line.stripLeading().startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced) {
        var matcher = WORD.matcher(CODE.matcher(line).replaceAll(" "));
        while (matcher.find() && found.size() < MOST) {
          var path = matcher.group(1).replaceAll("[.:!?]+$", "");
          if (!path.isEmpty()) {
            found.add(path);
          }
        }
      }
    }
    return found;
  }

  /// No text imports more; what it names beyond that is not looked at.
  private static final int MOST = 200;
}
