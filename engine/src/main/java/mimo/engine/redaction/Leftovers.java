package mimo.engine.redaction;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/// What is left of words where a text was cut. Who shortens a text says so with an ellipsis: what
/// stands before it may be how a word begins, what stands behind it how one ends, and both may be a
/// part of its middle. Immutable.
final class Leftovers {

  private static final String ELLIPSIS = "…";

  /// Beginnings and ends that are shorter recur by chance.
  private static final int SHORTEST_END = 8;

  /// So do shorter parts of the middle.
  private static final int SHORTEST_PART = 16;

  /// `…`, `[…]`, `(… 12 characters left out …)`, `… (12 more)`, alone or one behind the other.
  private static final Pattern MARK =
      Pattern.compile(
          "(?: ?(?:[\\[(]… [^…]{1,80} …[\\])]|\\[…\\]|…(?: \\([0-9][^()…]{0,80}\\))?))+ ?");

  private final List<Word> words;

  /// @param text squeezed
  record Word(String text, String instead) {}

  /// A part of a text that goes.
  record Range(int start, int end, String instead) {}

  Leftovers(List<Word> words) {
    this.words = List.copyOf(words);
  }

  /// Where they stand in a squeezed text, in order.
  List<Range> in(String text) {
    if (!text.contains(ELLIPSIS)) {
      return List.of();
    }
    var found = new ArrayList<Range>();
    var marks = MARK.matcher(text);
    int done = 0;
    while (marks.find()) {
      if (marks.start() < done) {
        continue;
      }
      var before = before(text, done, marks.start());
      if (before.end() > before.start()) {
        found.add(before);
      }
      var behind = behind(text, marks.end());
      if (behind.end() > behind.start()) {
        found.add(behind);
      }
      done = behind.end();
    }
    return found;
  }

  private Range before(String text, int from, int end) {
    var longest = new Range(end, end, "");
    for (var word : words) {
      int length = Math.max(beginning(text, from, end, word), middleBefore(text, from, end, word));
      if (length > longest.end() - longest.start()) {
        int gap = text.charAt(end - length) == ' ' ? 1 : 0;
        longest = new Range(end - length + gap, end, word.instead());
      }
    }
    return longest;
  }

  private static int beginning(String text, int from, int end, Word word) {
    int length = Math.min(word.text().length() - 1, end - from);
    while (length >= SHORTEST_END && !text.regionMatches(end - length, word.text(), 0, length)) {
      length--;
    }
    return length >= SHORTEST_END ? length : 0;
  }

  private static int middleBefore(String text, int from, int end, Word word) {
    if (end - from < SHORTEST_PART) {
      return 0;
    }
    int longest = 0;
    var last = text.substring(end - SHORTEST_PART, end);
    for (int at = word.text().indexOf(last); at >= 0; at = word.text().indexOf(last, at + 1)) {
      int more = 0;
      int begin = end - SHORTEST_PART;
      while (more < at
          && begin - more > from
          && text.charAt(begin - more - 1) == word.text().charAt(at - more - 1)) {
        more++;
      }
      longest = Math.max(longest, SHORTEST_PART + more);
    }
    return longest;
  }

  private Range behind(String text, int start) {
    var longest = new Range(start, start, "");
    for (var word : words) {
      int length = Math.max(ending(text, start, word), middleBehind(text, start, word));
      if (length > longest.end() - longest.start()) {
        int gap = text.charAt(start + length - 1) == ' ' ? 1 : 0;
        longest = new Range(start, start + length - gap, word.instead());
      }
    }
    return longest;
  }

  private static int ending(String text, int start, Word word) {
    int all = word.text().length();
    int length = Math.min(all - 1, text.length() - start);
    while (length >= SHORTEST_END
        && !word.text().regionMatches(all - length, text, start, length)) {
      length--;
    }
    return length >= SHORTEST_END ? length : 0;
  }

  private static int middleBehind(String text, int start, Word word) {
    if (text.length() - start < SHORTEST_PART) {
      return 0;
    }
    int longest = 0;
    var first = text.substring(start, start + SHORTEST_PART);
    for (int at = word.text().indexOf(first); at >= 0; at = word.text().indexOf(first, at + 1)) {
      int length = SHORTEST_PART;
      while (at + length < word.text().length()
          && start + length < text.length()
          && text.charAt(start + length) == word.text().charAt(at + length)) {
        length++;
      }
      longest = Math.max(longest, length);
    }
    return longest;
  }
}
