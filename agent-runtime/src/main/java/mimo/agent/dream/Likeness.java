package mimo.agent.dream;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a text says, as far as its words tell: enough to see that another says the same, or more.
///
/// @param words without those that mean nothing alone, in their order
/// @param telling those that turn a meaning round, and all with digits or signs in them
/// @param plain all of it, without signs and case
record Likeness(List<String> words, List<String> telling, String plain) {

  /// Two texts are near only if they share so much.
  private static final double NEAR = 0.6;

  private static final int FEWEST_WORDS = 4;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_./:'’-]*");
  private static final Set<String> EMPTY =
      Set.of("a", "an", "the", "is", "are", "be", "it", "this", "that", "so", "and", "of", "to");
  private static final Set<String> TURNING =
      Set.of(
          "not", "no", "never", "none", "without", "don't", "cannot", "only", "except", "unless",
          "instead", "always", "before", "after", "off", "on", "if", "until", "不", "没", "无", "非",
          "勿", "别");

  Likeness {
    words = List.copyOf(words);
    telling = List.copyOf(telling);
  }

  static Likeness of(String text) {
    var words = new ArrayList<String>();
    var telling = new ArrayList<String>();
    var plain = new ArrayList<String>();
    for (var word : words(text.toLowerCase(Locale.ROOT))) {
      plain.add(word);
      if (TURNING.contains(word) || word.endsWith("n't") || word.matches(".*[0-9_./:].*")) {
        telling.add(word);
      }
      if (!EMPTY.contains(word)) {
        words.add(word);
      }
    }
    return new Likeness(words, telling, String.join(" ", plain));
  }

  /// A script without blanks has a word in each sign.
  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(text.replace('’', '\''));
    while (matcher.find()) {
      var word = matcher.group().replaceAll("[./:'-]+$", "");
      if (word.codePoints().anyMatch(Character::isIdeographic)) {
        word.codePoints().forEach(sign -> words.add(Character.toString(sign)));
      } else {
        words.add(word);
      }
    }
    return words;
  }

  boolean isSame(Likeness other) {
    return !plain.isEmpty() && plain.equals(other.plain);
  }

  /// Whether each word stands in the other text too, in the same order, and nothing there turns it
  /// round.
  boolean isPartOf(Likeness other) {
    return words.size() >= FEWEST_WORDS
        && words.size() >= NEAR * other.words.size()
        && other.hasInOrder(words)
        && other.telling.equals(telling);
  }

  private boolean hasInOrder(List<String> all) {
    int found = 0;
    for (var word : words) {
      if (found < all.size() && word.equals(all.get(found))) {
        found++;
      }
    }
    return found == all.size();
  }
}
