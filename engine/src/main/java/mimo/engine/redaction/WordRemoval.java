package mimo.engine.redaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Takes words out of texts, also where they stand in JSON, and in JSON within JSON. Immutable.
public final class WordRemoval implements Redactor {

  /// A call's arguments are JSON within an entry, and what they quote may be JSON again.
  private static final int LEVELS = 3;

  private static final Pattern QUOTED = Pattern.compile("(?<!\\\\)\"|\n");

  private final Map<String, String> words = new LinkedHashMap<>();

  /// @param words and what stands there instead
  public WordRemoval(Map<String, String> words) {
    words.forEach((word, instead) -> {
      var escaped = word;
      for (int level = 0; level <= LEVELS; level++) {
        this.words.put(escaped, instead);
        escaped = escaped(escaped);
      }
    });
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  /// Whether a text holds one of them.
  public boolean concerns(String text) {
    return words.keySet().stream().anyMatch(text::contains);
  }

  @Override
  public String clean(String text) {
    var rest = text;
    for (var entry : words.entrySet()) {
      rest = rest.replace(entry.getKey(), entry.getValue());
    }
    return rest;
  }

  /// What stands in JSON is escaped at least once; none of the replacements has to be.
  @Override
  public String cleanJson(String json) {
    var rest = json;
    for (var entry : words.entrySet()) {
      // A bare quote or line feed is JSON's own here.
      if (QUOTED.matcher(entry.getKey()).results().noneMatch(_ -> true)) {
        rest = rest.replace(entry.getKey(), entry.getValue());
      }
    }
    return rest;
  }
}
