package mimo.agent.memory.index;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mimo.agent.memory.index.Terms.Kind;
import mimo.agent.memory.index.Terms.Term;

/// Says how well texts fit a query, where no index has them. Immutable.
public final class WordMatch {

  private static final List<String> ENDINGS = List.of("ings", "ing", "edly", "ed", "es", "s", "ly");
  private static final int SHORTEST_STEM = 3;

  private final List<Term> terms;

  private WordMatch(List<Term> terms) {
    this.terms = terms;
  }

  /// What fits this query.
  public static WordMatch of(String query) {
    return new WordMatch(Terms.of(query));
  }

  /// Which of the query's words a text has, as their numbers.
  public BitSet in(String text) {
    var found = new BitSet(terms.size());
    var lower = text.toLowerCase(Locale.ROOT);
    var dates = dates(text);
    for (int term = 0; term < terms.size(); term++) {
      found.set(term, has(lower, dates, terms.get(term)));
    }
    return found;
  }

  private static boolean has(String lower, Set<String> dates, Term term) {
    return switch (term.kind()) {
      case DATE -> dates.contains(term.text());
      case PAIR, SINGLE -> lower.contains(term.text());
      case WORD -> beginsWord(lower, stem(term));
    };
  }

  private static boolean beginsWord(String text, String stem) {
    int at = text.indexOf(stem);
    while (at > 0 && Character.isLetterOrDigit(text.codePointBefore(at))) {
      at = text.indexOf(stem, at + 1);
    }
    return at >= 0;
  }

  /// How much of the query each text has, between 0 and 1: the rarer a word is among them, the more
  /// it counts.
  ///
  /// @param found what [#in] says of those that have any of the words
  /// @param texts how many there are, with those that have none
  public List<Double> fits(List<BitSet> found, int texts) {
    var weights = new double[terms.size()];
    double all = 0;
    for (int term = 0; term < weights.length; term++) {
      int number = term;
      long having = found.stream().filter(words -> words.get(number)).count();
      weights[term] = Math.log(1 + (texts - having + 0.5) / (having + 0.5));
      all += weights[term];
    }
    double whole = all;
    return found.stream()
        .map(words -> words.stream().mapToDouble(term -> weights[term]).sum() / whole)
        .toList();
  }

  private Set<String> dates(String text) {
    return terms.stream().anyMatch(term -> term.kind() == Kind.DATE)
        ? new HashSet<>(Dates.tokens(text))
        : Set.of();
  }

  private static String stem(Term term) {
    var word = term.text();
    for (var ending : ENDINGS) {
      if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }
}
