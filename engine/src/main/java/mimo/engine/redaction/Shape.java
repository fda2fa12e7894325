package mimo.engine.redaction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mimo.engine.EngineLimits;

/// What a key looks like, read strictly from left to right: each part takes all it can and gives
/// nothing back, so a match costs one look at each character.
///
/// A shape is spelled like a regular expression, with no more than literals, `[sets]`, the counts
/// `{m}`, `{m,n}` and `{m,}`, `?`, and a final `$`: no letter or digit may follow.
final class Shape {

  /// How many characters a [Trigrams] looks at.
  static final int HEAD = 3;

  private static final int MOST_HEADS = 256;

  private final List<Part> parts;
  private final boolean endsWord;

  /// Some characters of one set.
  private record Part(Alphabet alphabet, int least, int most) {}

  private Shape(List<Part> parts, boolean endsWord) {
    this.parts = List.copyOf(parts);
    this.endsWord = endsWord;
  }

  static Shape parse(String pattern) {
    boolean endsWord = pattern.endsWith("$");
    var reader = new Reader(endsWord ? pattern.substring(0, pattern.length() - 1) : pattern);
    return new Shape(reader.parts(), endsWord);
  }

  /// Where the match that begins at `start` ends, or -1 if none begins there.
  int end(String text, int start) {
    int at = start;
    for (var part : parts) {
      int limit = (int) Math.min(text.length(), (long) at + part.most());
      int from = at;
      while (at < limit && part.alphabet().has(text.charAt(at))) {
        at++;
      }
      if (at - from < part.least()) {
        return -1;
      }
    }
    boolean goesOn = endsWord && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    return goesOn ? -1 : at;
  }

  /// Whether a match may be long: then none is looked for inside of one.
  boolean isOpenEnded() {
    return parts.getLast().most() == EngineLimits.LONGEST_SECRET;
  }

  /// All ways in which a match may begin.
  ///
  /// @throws IllegalArgumentException if these are so many that every text would have to be tried
  Set<String> heads() {
    Set<String> heads = Set.of("");
    for (var part : parts) {
      for (int i = 0; i < part.least(); i++) {
        if (heads.iterator().next().length() == HEAD) {
          return heads;
        }
        heads = longer(heads, part.alphabet().characters());
      }
    }
    if (heads.iterator().next().length() < HEAD) {
      throw new IllegalArgumentException("a shape is at least " + HEAD + " characters long");
    }
    return heads;
  }

  private static Set<String> longer(Set<String> heads, String next) {
    var longer = new LinkedHashSet<String>();
    for (var head : heads) {
      next.chars().forEach(c -> longer.add(head + (char) c));
    }
    if (longer.size() > MOST_HEADS) {
      throw new IllegalArgumentException("a shape begins in one of " + MOST_HEADS + " ways");
    }
    return longer;
  }

  /// Reads a pattern once.
  private static final class Reader {

    private final String pattern;
    private int at;

    Reader(String pattern) {
      this.pattern = pattern;
    }

    List<Part> parts() {
      var parts = new ArrayList<Part>();
      while (at < pattern.length()) {
        parts.add(count(alphabet()));
      }
      return parts;
    }

    private Alphabet alphabet() {
      char c = pattern.charAt(at++);
      if (c == '[') {
        int end = pattern.indexOf(']', at);
        var alphabet = Alphabet.parse(pattern.substring(at, end));
        at = end + 1;
        return alphabet;
      }
      return Alphabet.of(c == '\\' ? pattern.charAt(at++) : c);
    }

    private Part count(Alphabet alphabet) {
      char c = at < pattern.length() ? pattern.charAt(at) : ' ';
      if (c == '?') {
        at++;
        return new Part(alphabet, 0, 1);
      }
      if (c != '{') {
        return new Part(alphabet, 1, 1);
      }
      int end = pattern.indexOf('}', at);
      var counts = pattern.substring(at + 1, end).split(",", -1);
      at = end + 1;
      int least = Integer.parseInt(counts[0]);
      if (counts.length == 1) {
        return new Part(alphabet, least, least);
      }
      boolean open = counts[1].isEmpty();
      return new Part(
          alphabet, least, open ? EngineLimits.LONGEST_SECRET : Integer.parseInt(counts[1]));
    }
  }
}
