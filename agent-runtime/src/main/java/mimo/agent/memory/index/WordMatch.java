package mimo.agent.memory.index;

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

  /// The share of the query's words that a text has, between 0 and 1.
  public double fit(String text) {
    if (terms.isEmpty()) {
      return 0;
    }
    var lower = text.toLowerCase(Locale.ROOT);
    var dates = dates(text);
    double found = 0;
    for (var term : terms) {
      boolean has =
          term.kind() == Kind.DATE ? dates.contains(term.text()) : lower.contains(stem(term));
      found += has ? 1 : 0;
    }
    return found / terms.size();
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
