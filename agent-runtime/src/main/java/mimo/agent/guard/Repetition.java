package mimo.agent.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import mimo.agent.GuardLimits;

/// Notices a text that says the same over and over (LG1): one sequence of four words so many times
/// among the last ones, with nothing new in between. Words are what stands between blanks; where a
/// script has none, each of its characters is one. Confined to one thread.
final class Repetition {

  private final Deque<Seen> window = new ArrayDeque<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Deque<String> latest = new ArrayDeque<>();
  private final StringBuilder word = new StringBuilder();
  private int at;

  /// Four words, and where the last of them ended.
  private record Seen(String words, int end) {}

  /// The text goes on.
  ///
  /// @return where the second time ended, if it has repeated itself too often: what comes after
  ///   says nothing new
  OptionalInt heard(String delta) {
    for (int i = 0; i < delta.length(); i++) {
      char letter = delta.charAt(i);
      at++;
      var found =
          Character.isWhitespace(letter)
              ? ended()
              : Character.isIdeographic(letter) ? alone(letter) : grown(letter);
      if (found.isPresent()) {
        return found;
      }
    }
    return OptionalInt.empty();
  }

  private OptionalInt grown(char letter) {
    // A word without end is no word; only its beginning counts.
    if (word.length() < GuardLimits.GUARD_WORD_CHARS) {
      word.append(letter);
    }
    return OptionalInt.empty();
  }

  private OptionalInt alone(char letter) {
    var before = ended();
    word.append(letter);
    var after = ended();
    return before.isPresent() ? before : after;
  }

  private OptionalInt ended() {
    if (word.isEmpty()) {
      return OptionalInt.empty();
    }
    latest.add(word.toString());
    word.setLength(0);
    if (latest.size() < GuardLimits.GUARD_GRAM) {
      return OptionalInt.empty();
    }
    var words = String.join(" ", latest);
    latest.remove();
    window.add(new Seen(words, at));
    int count = counts.merge(words, 1, Integer::sum);
    if (window.size() > GuardLimits.GUARD_TEXT_WORDS) {
      var oldest = window.remove();
      counts.computeIfPresent(oldest.words(), (_, times) -> times == 1 ? null : times - 1);
    }
    return count < GuardLimits.GUARD_GRAM_REPEATS ? OptionalInt.empty() : again(words);
  }

  /// Honest lists say some words in each line, too, and something else between them: where there is
  /// something new, nothing is said over and over.
  private OptionalInt again(String words) {
    var since = window.stream().dropWhile(seen -> !seen.words().equals(words)).toList();
    long news = since.stream().filter(seen -> counts.getOrDefault(seen.words(), 0) == 1).count();
    return news * GuardLimits.GUARD_NEWS > since.size()
        ? OptionalInt.empty()
        : since.stream()
            .filter(seen -> seen.words().equals(words))
            .skip(1)
            .mapToInt(Seen::end)
            .findFirst();
  }
}
