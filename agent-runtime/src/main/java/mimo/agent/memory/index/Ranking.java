package mimo.agent.memory.index;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import mimo.agent.memory.index.Hit.Reasons;
import mimo.agent.memory.index.Hit.Word;
import mimo.agent.memory.index.Terms.Kind;
import mimo.agent.memory.index.Terms.Term;
import org.jspecify.annotations.Nullable;

/// Decides which sections answer a question best (M16). Confined to one question.
///
/// Each word is looked for by itself, in three tables, and counts in the one where it does best: by
/// its stem and by itself, or inside other words. SQLite says how well a section has a word; how
/// much the word counts is decided here, since SQLite's own measure gives a word that half of the
/// sections have no weight at all, and most memories are small. What a section's neighbours say
/// counts too, for a question and its answer often stand side by side.
final class Ranking {

  private static final String WORD_WEIGHTS = "4.0, 1.0, 1.0";
  private static final String WEIGHTS = "4.0, 1.0";

  /// How much of the score is for the word itself, and not another form of it.
  private static final double EXACT = 0.25;

  /// A word inside another one is a weaker sign.
  private static final double INSIDE = 0.6;

  /// Words that more sections have are not looked for inside others.
  private static final int COMMON = 100;

  /// Words that more sections have are looked for by their stems alone: each table that is asked
  /// costs as much as what it finds, and the form of a common word says little.
  private static final int FREQUENT = 1_000;

  private static final double ANSWER = 0.70;
  private static final double BESIDE_SAME_HEADING = 0.30;
  private static final double BESIDE = 0.12;
  private static final double FLOOR = 0.15;

  private final Tables tables;
  private final Places places;
  private final LongFunction<Standing> documents;
  private final @Nullable Standing[] standings;

  /// By the number of their section; none where no word is.
  private final @Nullable Candidate[] candidates;

  /// What is known of a document.
  ///
  /// @param boost for its scope; 0 if it may not be shown
  record Standing(double boost, Instant modified) {}

  /// A section and what became of it.
  record Ranked(long section, double score, Reasons reasons) {}

  /// How well each section has one term by one table, by the section's number: between 0, if it has
  /// not, and 2.2.
  private final class Fits implements Tables.Finding {
    final double[] scores = new double[places.count()];
    int found;

    @Override
    public void add(long section, double score) {
      scores[places.number(section)] = score;
      found++;
    }

    /// Takes SQLite's weight of the word out of its scores.
    void takeOutWeight() {
      double theirs = Math.max(1e-6, Math.log((places.count() - found + 0.5) / (found + 0.5)));
      for (int section = 0; section < scores.length; section++) {
        scores[section] /= theirs;
      }
    }
  }

  /// @param documents what is known of each document, by its number
  Ranking(Tables tables, Places places, LongFunction<Standing> documents) {
    this.tables = tables;
    this.places = places;
    this.documents = documents;
    standings = new Standing[places.count()];
    candidates = new Candidate[places.count()];
  }

  /// The best sections, the best first.
  List<Ranked> rank(String query, Instant now, int limit) throws SQLException {
    var terms = Terms.of(query);
    var having = new int[terms.size()];
    for (int term = 0; term < having.length; term++) {
      having[term] = having(terms.get(term));
    }
    var weights = new double[terms.size()];
    for (int term = 0; term < weights.length; term++) {
      weights[term] = isSkipped(term, having) ? 0 : look(terms, term, having[term]);
    }
    share(terms.size());
    var all = Arrays.stream(candidates).filter(Objects::nonNull).toList();
    all.forEach(one -> one.sum(weights, now));
    double top = all.stream().mapToDouble(Candidate::found).max().orElse(1);
    var best = best(all, limit);
    double floor = best.isEmpty() ? 0 : best.getFirst().score() * FLOOR;
    return best.stream()
        .filter(one -> one.score() >= floor)
        .map(one ->
            new Ranked(places.id(one.section()), one.score() / top, one.reasons(top, floor / top)))
        .toList();
  }

  /// The best of them, the best first. All of them may be ten thousand.
  private static List<Candidate> best(List<Candidate> all, int limit) {
    var best = new PriorityQueue<>(Candidate.WORST_FIRST);
    for (var one : all) {
      if (best.size() == limit && Candidate.WORST_FIRST.compare(one, best.element()) < 0) {
        continue;
      }
      best.add(one);
      if (best.size() > limit) {
        best.remove();
      }
    }
    return best.stream().sorted(Candidate.WORST_FIRST.reversed()).toList();
  }

  /// How many sections have a term.
  private int having(Term term) throws SQLException {
    int exact = tables.count("words", match(term));
    return term.kind() == Kind.WORD ? Math.max(exact, tables.count("stems", match(term))) : exact;
  }

  /// In a large memory a word that most sections have says nothing, if there is another.
  private boolean isSkipped(int term, int[] having) {
    return isEverywhere(having[term])
        && Arrays.stream(having).anyMatch(other -> other > 0 && !isEverywhere(other));
  }

  private boolean isEverywhere(int having) {
    return having > FREQUENT && having > places.count() / 2;
  }

  /// Adds what one term is worth to every section that has it.
  ///
  /// @return how much the term counts
  private double look(List<Term> terms, int at, int having) throws SQLException {
    var term = terms.get(at);
    boolean word = term.kind() == Kind.WORD;
    boolean isLong = term.text().codePointCount(0, term.text().length()) > 3;
    var stem = word ? fits("stems", WEIGHTS, term) : new Fits();
    var exact = word && having > FREQUENT ? stem : fits("words", WORD_WEIGHTS, term);
    var inside = word && isLong && having <= COMMON ? fits("grams", WEIGHTS, term) : new Fits();
    if (stem.found + exact.found + inside.found == 0) {
      return 0;
    }
    double weight = weight(Math.max(1, having));
    for (int section = 0; section < candidates.length; section++) {
      double byStem = stem.scores[section];
      double itself = exact.scores[section];
      double within = inside.scores[section];
      if (byStem + itself + within > 0 && standing(section).boost() > 0) {
        double whole = word ? byStem * (1 - EXACT) + itself * EXACT : itself;
        candidate(section, terms.size())
            .has(
                at,
                weight * Math.max(whole, within * INSIDE),
                new Word(
                    term.text(),
                    Math.max(1, having),
                    weight,
                    weight * byStem,
                    weight * itself,
                    weight * within));
      }
    }
    return weight;
  }

  private Fits fits(String table, String weights, Term term) throws SQLException {
    var fits = new Fits();
    tables.find(table, weights, match(term), fits);
    fits.takeOutWeight();
    return fits;
  }

  private Standing standing(int section) {
    var known = standings[section];
    if (known == null) {
      known = documents.apply(places.of(section).document());
      standings[section] = known;
    }
    return known;
  }

  private Candidate candidate(int section, int terms) {
    var known = candidates[section];
    if (known == null) {
      known = new Candidate(section, standing(section), terms);
      candidates[section] = known;
    }
    return known;
  }

  private double weight(int having) {
    return Math.log(1 + (places.count() - having + 0.5) / (having + 0.5));
  }

  private static String match(Term term) {
    var quoted = "\"" + term.text().replace("\"", "\"\"") + "\"";
    return switch (term.kind()) {
      case WORD -> quoted;
      case PAIR, DATE -> "extra : " + quoted;
      case SINGLE -> "extra : " + quoted + " *";
    };
  }

  /// Tells the sections beside each candidate what it has itself.
  private void share(int terms) {
    var found =
        IntStream.range(0, candidates.length).filter(at -> candidates[at] != null).toArray();
    for (int section : found) {
      share(section, places.before(section), terms, false);
      share(section, places.after(section), terms, places.of(section).asks());
    }
  }

  private void share(int section, int beside, int terms, boolean answers) {
    if (beside == Places.NONE) {
      return;
    }
    boolean together = places.of(beside).heading().equals(places.of(section).heading());
    double share = together ? (answers ? ANSWER : BESIDE_SAME_HEADING) : BESIDE;
    candidate(beside, terms).isBeside(candidate(section, terms), share);
  }
}
