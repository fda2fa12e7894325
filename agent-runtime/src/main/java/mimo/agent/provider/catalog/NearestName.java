package mimo.agent.provider.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name someone probably meant.
final class NearestName {

  private static final int MOST_EDITS = 2;
  private static final int LONGEST = 64;

  private NearestName() {}

  /// The nearest of `known`, if it is near enough.
  static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= MOST_EDITS)
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// Insertions, deletions and replacements that lead from one to the other.
  private static int edits(String from, String to) {
    var row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
