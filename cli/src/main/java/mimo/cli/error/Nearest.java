package mimo.cli.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the word somebody probably meant.
public final class Nearest {

  private Nearest() {}

  /// The known word with the fewest typing errors, if they are few for the length of the word.
  public static Optional<String> of(String word, Collection<String> known) {
    int tolerated = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(candidate -> typingErrors(word, candidate) <= tolerated)
        .min(
            Comparator.comparingInt((String candidate) -> typingErrors(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// `; did you mean '…'?`, or nothing.
  public static String hint(String word, Collection<String> known) {
    return of(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  /// Insertions, deletions, replacements and swapped neighbours, row by row.
  private static int typingErrors(String a, String b) {
    var before = new int[b.length() + 1];
    var previous = new int[b.length() + 1];
    var current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int edit = Math.min(previous[j], current[j - 1]) + 1;
        current[j] = Math.min(edit, previous[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          current[j] = Math.min(current[j], before[j - 2] + 1);
        }
      }
      var reused = before;
      before = previous;
      previous = current;
      current = reused;
    }
    return previous[b.length()];
  }
}
