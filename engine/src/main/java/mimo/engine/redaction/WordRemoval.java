package mimo.engine.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.engine.EngineException.RedactionFailed;
import org.jspecify.annotations.Nullable;

/// Takes words out of texts, also where they stand in JSON, and in JSON within JSON. Of JSON only
/// the values of strings change: the names of members are what a reader finds them by. Immutable.
public final class WordRemoval implements Redactor {

  /// What stands for an entry of the memory, and for any other word.
  public static final String FORGOTTEN = "[FORGOTTEN]";

  public static final String REMOVED = "[REMOVED]";

  /// A call's arguments are JSON within an entry, and what they quote may be JSON again.
  private static final int LEVELS = 3;

  /// Members whose values, where they are one plain word, say how an entry is to be read.
  private static final Set<String> MARKS = Set.of("type", "kind", "finish", "outcome", "status");

  /// What stands behind a text that was shortened.
  private static final String CUT = " …";

  /// Shorter beginnings recur by chance.
  private static final int SHORTEST_CUT = 8;

  private static final Pattern MARK = Pattern.compile("[a-z]+(?:_[a-z]+)*");

  /// The longest first: what another one is a part of must not be torn.
  private final List<Word> words;

  private record Word(String text, String instead) {}

  /// @param words and what stands there instead
  public WordRemoval(Map<String, String> words) {
    var all = new ArrayList<Word>();
    words.forEach((word, instead) -> {
      var escaped = word;
      for (int level = 0; level <= LEVELS; level++) {
        all.add(new Word(escaped, instead));
        escaped = escaped(escaped);
      }
    });
    all.sort(Comparator.comparingInt((Word word) -> word.text().length()).reversed());
    this.words = all.stream().distinct().toList();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  /// Whether something was removed from a text.
  public static boolean leftIn(String text) {
    return text.contains(FORGOTTEN) || text.contains(REMOVED);
  }

  /// Whether a text holds one of them.
  public boolean concerns(String text) {
    return words.stream().anyMatch(word -> text.contains(word.text())) || !cuts(text).isEmpty();
  }

  @Override
  public String clean(String text) {
    var rest = text;
    for (var word : words) {
      rest = rest.replace(word.text(), word.instead());
    }
    var clean = new StringBuilder(rest);
    for (var cut : cuts(rest).reversed()) {
      clean.replace(cut.start(), cut.end(), cut.instead());
    }
    return clean.toString();
  }

  /// What is left of a word that was cut.
  private record Cut(int start, int end, String instead) {}

  /// Who shortens a text says so: what stands before that may be how one of the words begins.
  private List<Cut> cuts(String text) {
    var cuts = new ArrayList<Cut>();
    int done = 0;
    for (int end = text.indexOf(CUT); end >= 0; end = text.indexOf(CUT, end + 1)) {
      int start = end;
      var instead = "";
      for (var word : words) {
        int length = Math.min(word.text().length() - 1, end - done);
        while (length > end - start
            && length >= SHORTEST_CUT
            && !text.regionMatches(end - length, word.text(), 0, length)) {
          length--;
        }
        if (length > end - start && length >= SHORTEST_CUT) {
          start = end - length;
          instead = word.instead();
        }
      }
      if (start < end) {
        cuts.add(new Cut(start, end, instead));
        done = end;
      }
    }
    return cuts;
  }

  @Override
  public String cleanName(String name) {
    return name;
  }

  @Override
  public String cleanJson(String json) {
    try {
      JsonRedaction.requireOneValue(json);
      return concerns(json) ? walked(json, 0) : json;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a text of " + json.length() + " characters is not JSON", e);
    } catch (IOException e) {
      throw new RedactionFailed("a text of " + json.length() + " characters was not cleaned", e);
    }
  }

  private String walked(String json, int level) throws IOException {
    return JsonRedaction.ofValues(json, (name, text) -> value(name, text, level));
  }

  private String value(@Nullable String name, String text, int level) {
    boolean mark = name != null && MARKS.contains(name) && MARK.matches(text);
    if (mark || !concerns(text)) {
      return text;
    }
    var start = text.stripLeading();
    if (level < LEVELS && (start.startsWith("{") || start.startsWith("["))) {
      try {
        JsonRedaction.requireOneValue(text);
        return walked(text, level + 1);
      } catch (IOException noJson) {
        return clean(text);
      }
    }
    return clean(text);
  }
}
