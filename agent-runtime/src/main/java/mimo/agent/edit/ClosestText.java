package mimo.agent.edit;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;

/// Finds the lines of a text that come closest to wanted ones, in time proportional to the text.
///
/// Lines are as alike as the pairs of neighbouring characters they share. The longest wanted line
/// finds its likes; among the best of them the one whose neighbours are like the other wanted lines
/// wins.
final class ClosestText {

  /// Where lines begin that are like the wanted ones.
  ///
  /// @param line from 1
  /// @param text the lines, cut at [AgentLimits#CLOSEST_CHARS]
  record Closest(int line, String text) {}

  private static final int CANDIDATES = 16;
  private static final int COMPARED_LINES = 40;
  private static final int COMPARED_CHARS = 400;
  private static final int PAIRS = 1 << 12;

  /// Below this, likeness is chance.
  private static final double LEAST = 0.3;

  private final List<String> wanted;
  private final List<String> lines;

  private ClosestText(String wanted, String text) {
    this.wanted = wanted.strip().lines().limit(COMPARED_LINES).toList();
    this.lines = text.lines().limit(AgentLimits.CLOSEST_LINES).toList();
  }

  static Optional<Closest> to(String wanted, String text) {
    var search = new ClosestText(wanted, text);
    return search.wanted.isEmpty() ? Optional.empty() : search.find();
  }

  private Optional<Closest> find() {
    int anchor = longest();
    int[] candidates = new int[CANDIDATES];
    double[] likeness = new double[CANDIDATES];
    int count = 0;
    var pairs = pairs(wanted.get(anchor));
    for (int i = 0; i < lines.size(); i++) {
      double like = likeness(pairs, lines.get(i));
      if (like < LEAST || (count == CANDIDATES && like <= likeness[count - 1])) {
        continue;
      }
      int at = count == CANDIDATES ? count - 1 : count++;
      while (at > 0 && likeness[at - 1] < like) {
        likeness[at] = likeness[at - 1];
        candidates[at] = candidates[at - 1];
        at--;
      }
      likeness[at] = like;
      candidates[at] = i;
    }
    return count == 0 ? Optional.empty() : Optional.of(best(candidates, count, anchor));
  }

  private Closest best(int[] candidates, int count, int anchor) {
    int best = -1;
    double most = -1;
    for (int i = 0; i < count; i++) {
      double like = 0;
      for (int j = 0; j < wanted.size(); j++) {
        int line = candidates[i] - anchor + j;
        if (line >= 0 && line < lines.size()) {
          like += likeness(pairs(wanted.get(j)), lines.get(line));
        }
      }
      if (like > most) {
        most = like;
        best = candidates[i];
      }
    }
    int first = Math.max(0, best - anchor);
    int end = Math.min(lines.size(), first + wanted.size());
    return new Closest(first + 1, shown(lines.subList(first, end)));
  }

  private static String shown(List<String> lines) {
    var text = String.join("\n", lines);
    if (text.length() <= AgentLimits.CLOSEST_CHARS) {
      return text;
    }
    int end = AgentLimits.CLOSEST_CHARS - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private int longest() {
    int longest = 0;
    for (int i = 1; i < wanted.size(); i++) {
      if (wanted.get(i).strip().length() > wanted.get(longest).strip().length()) {
        longest = i;
      }
    }
    return longest;
  }

  private static BitSet pairs(String line) {
    var pairs = new BitSet(PAIRS);
    var text = line.strip();
    int end = Math.min(text.length(), COMPARED_CHARS);
    for (int i = 0; i < end; i++) {
      // A last character pairs with nothing, so that lines of one character have a pair, too.
      char next = i + 1 < end ? text.charAt(i + 1) : 0;
      pairs.set((text.charAt(i) * 31 + next) & (PAIRS - 1));
    }
    return pairs;
  }

  private static double likeness(BitSet wanted, String line) {
    var pairs = pairs(line);
    int all = wanted.cardinality() + pairs.cardinality();
    pairs.and(wanted);
    return all == 0 ? 1 : 2.0 * pairs.cardinality() / all;
  }
}
