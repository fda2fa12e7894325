package mimo.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a file of TypeScript declarations declares, by name: each as it is written there, overloads
/// together and without the comments in front of them.
final class Declarations {

  private static final Pattern START =
      Pattern.compile("^(?:declare (?:function|const)|interface|type) (\\w+)");

  private Declarations() {}

  static Map<String, String> of(String file) {
    var found = new LinkedHashMap<String, List<String>>();
    var lines = file.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      var start = START.matcher(lines.get(at));
      if (start.find()) {
        int end = end(lines, at);
        found
            .computeIfAbsent(start.group(1), _ -> new ArrayList<>())
            .add(String.join("\n", lines.subList(at, end)));
        at = end - 1;
      }
    }
    var texts = new LinkedHashMap<String, String>();
    found.forEach((name, parts) -> texts.put(name, String.join("\n", parts)));
    return texts;
  }

  /// Behind the line that closes what the first one opens.
  private static int end(List<String> lines, int start) {
    long depth = 0;
    for (int at = start; at < lines.size(); at++) {
      // Arrows and comparisons do not occur in pairs; the brackets of types do.
      var line = lines.get(at).replaceAll("/\\*\\*.*?\\*/", "");
      depth += count(line, "({[") - count(line, ")}]");
      if (depth == 0 && (line.endsWith(";") || line.endsWith("}"))) {
        return at + 1;
      }
    }
    throw new IllegalArgumentException("a declaration does not end: " + lines.get(start));
  }

  private static long count(String line, String brackets) {
    return line.chars().filter(c -> brackets.indexOf(c) >= 0).count();
  }
}
