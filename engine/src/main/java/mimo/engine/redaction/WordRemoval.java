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
import mimo.engine.redaction.Leftovers.Range;
import mimo.engine.redaction.Leftovers.Word;
import org.jspecify.annotations.Nullable;

/// Takes words out of texts, however their lines are broken, and what is left of them where a text
/// was cut; also where they stand in JSON, and in JSON within JSON. Of JSON only the values of
/// strings change: the names of members are what a reader finds them by. Immutable.
public final class WordRemoval implements Redactor {

  /// What stands for an entry of the memory, and for any other word.
  public static final String FORGOTTEN = "[FORGOTTEN]";

  public static final String REMOVED = "[REMOVED]";

  /// A call's arguments are JSON within an entry, and what they quote may be JSON again.
  private static final int LEVELS = 3;

  /// Members whose values, where they are one plain word, say how an entry is to be read.
  private static final Set<String> MARKS = Set.of("type", "kind", "finish", "outcome", "status");

  /// The member whose value is the beginning of a text, and does not say so.
  private static final String TITLE = "title";

  private static final String CUT = "…";

  private static final Pattern MARK = Pattern.compile("[a-z]+(?:_[a-z]+)*");

  /// The longest first: what another one is a part of must not be torn.
  private final List<Word> words;

  private final Leftovers leftovers;

  /// @param words and what stands there instead
  public WordRemoval(Map<String, String> words) {
    var all = new ArrayList<Word>();
    words.forEach((word, instead) -> {
      var escaped = word;
      for (int level = 0; level <= LEVELS; level++) {
        all.add(new Word(Squeezed.of(escaped).text().strip(), instead));
        escaped = escaped(escaped);
      }
    });
    all.removeIf(word -> word.text().isEmpty());
    all.sort(Comparator.comparingInt((Word word) -> word.text().length()).reversed());
    this.words = all.stream().distinct().toList();
    this.leftovers = new Leftovers(this.words);
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

  /// Whether a text holds one of them, or a part of one where it was cut.
  public boolean concerns(String text) {
    var squeezed = Squeezed.of(text).text();
    return words.stream().anyMatch(word -> squeezed.contains(word.text()))
        || !leftovers.in(squeezed).isEmpty();
  }

  @Override
  public String clean(String text) {
    var rest = text;
    for (var word : words) {
      rest = without(rest, word);
    }
    var squeezed = Squeezed.of(rest);
    return without(rest, squeezed, leftovers.in(squeezed.text()));
  }

  private static String without(String text, Word word) {
    var squeezed = Squeezed.of(text);
    var ranges = new ArrayList<Range>();
    int length = word.text().length();
    for (int at = squeezed.text().indexOf(word.text());
        at >= 0;
        at = squeezed.text().indexOf(word.text(), at + length)) {
      ranges.add(new Range(at, at + length, word.instead()));
    }
    return without(text, squeezed, ranges);
  }

  private static String without(String text, Squeezed squeezed, List<Range> ranges) {
    if (ranges.isEmpty()) {
      return text;
    }
    var clean = new StringBuilder(text);
    for (var range : ranges.reversed()) {
      clean.replace(squeezed.from(range.start()), squeezed.to(range.end()), range.instead());
    }
    return clean.toString();
  }

  @Override
  public String cleanName(String name) {
    return name;
  }

  @Override
  public String cleanJson(String json) {
    try {
      JsonRedaction.requireOneValue(json);
      return mayConcern(json) ? walked(json, 0) : json;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a text of " + json.length() + " characters is not JSON", e);
    } catch (IOException e) {
      throw new RedactionFailed("a text of " + json.length() + " characters was not cleaned", e);
    }
  }

  private boolean mayConcern(String json) {
    return json.contains(TITLE) || concerns(json);
  }

  private String walked(String json, int level) throws IOException {
    return JsonRedaction.ofValues(json, (name, text) -> value(name, text, level));
  }

  private String value(@Nullable String name, String text, int level) {
    boolean mark = name != null && MARKS.contains(name) && MARK.matches(text);
    if (TITLE.equals(name)) {
      var cut = clean(text + CUT);
      return cut.endsWith(CUT) ? cut.substring(0, cut.length() - 1) : cut;
    }
    if (mark || !mayConcern(text)) {
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
