package mimo.agent.memory.index;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import mimo.agent.memory.index.Hit.Reasons;
import mimo.agent.memory.index.Hit.Word;
import mimo.agent.memory.index.Terms.Kind;
import mimo.agent.memory.index.Terms.Term;

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

  /// Words that this many sections have are not looked for inside others.
  private static final int COMMON = 100;

  private static final double ANSWER = 0.70;
  private static final double BESIDE_SAME_HEADING = 0.30;
  private static final double BESIDE = 0.12;

  /// How much it counts that a section has several of the words, and not one of them often.
  private static final double COVERAGE = 0.35;

  private static final double OLDEST = 0.8;
  private static final double HALF_LIFE_DAYS = 90;
  private static final double FLOOR = 0.15;

  private final Tables tables;
  private final Places places;

  /// The score of a place by its document; zero for those that may not be shown.
  private final LongFunction<Standing> documents;

  private final Map<Long, Found> found = new HashMap<>();

  /// What is known of a document.
  ///
  /// @param boost for its scope; 0 if it may not be shown
  record Standing(double boost, Instant modified) {}

  /// A section and what became of it.
  record Ranked(long section, double score, Reasons reasons) {}

  /// What one section has of each term, and what the ones beside it have.
  private static final class Found {
    final List<Word> words = new ArrayList<>();
    final double[] own;
    final double[] beside;
    final double[] shares;
    double text;
    double neighbours;

    Found(int terms) {
      own = new double[terms];
      beside = new double[terms];
      shares = new double[terms];
    }

    /// A neighbour supplies what the section itself does not say: what both say counts once.
    void sum(double[] weights) {
      double covered = 0;
      double all = 1e-9;
      for (int term = 0; term < own.length; term++) {
        text += own[term];
        neighbours += Math.max(0, beside[term] - own[term]);
        covered += weights[term] * (own[term] > 0 ? 1 : shares[term]);
        all += weights[term];
      }
      double factor = 1 - COVERAGE + COVERAGE * covered / all;
      text *= factor;
      neighbours *= factor;
    }
  }

  Ranking(Tables tables, Places places, LongFunction<Standing> documents) {
    this.tables = tables;
    this.places = places;
    this.documents = documents;
  }

  /// The best sections, the best first.
  List<Ranked> rank(String query, Instant now, int limit) throws SQLException {
    var terms = Terms.of(query);
    var weights = new double[terms.size()];
    for (int term = 0; term < weights.length; term++) {
      weights[term] = look(terms, term);
    }
    for (var entry : List.copyOf(found.entrySet())) {
      share(entry.getKey(), -1, entry.getValue().own);
      share(entry.getKey(), 1, entry.getValue().own);
    }
    found.values().forEach(one -> one.sum(weights));
    double top =
        found.values().stream().mapToDouble(one -> one.text + one.neighbours).max().orElse(1);
    var ranked = new ArrayList<Ranked>();
    found.forEach((section, one) -> ranked.add(ranked(section, one, top, now)));
    ranked.sort(
        Comparator.comparingDouble(Ranked::score).reversed().thenComparingLong(Ranked::section));
    if (ranked.isEmpty()) {
      return ranked;
    }
    double floor = ranked.getFirst().score() * FLOOR;
    return ranked.stream()
        .filter(one -> one.score() >= floor)
        .limit(limit)
        .map(one -> new Ranked(one.section(), one.score(), withFloor(one.reasons(), floor)))
        .toList();
  }

  private static Reasons withFloor(Reasons reasons, double floor) {
    return new Reasons(
        reasons.words(),
        reasons.text(),
        reasons.neighbours(),
        reasons.recency(),
        reasons.scope(),
        floor);
  }

  private Ranked ranked(long section, Found one, double top, Instant now) {
    var standing = documents.apply(places.of(section).document());
    double days = Math.max(0, Duration.between(standing.modified(), now).toHours() / 24.0);
    double recency = OLDEST + (1 - OLDEST) * Math.pow(0.5, days / HALF_LIFE_DAYS);
    double score = (one.text + one.neighbours) / top * recency * standing.boost();
    var reasons =
        new Reasons(one.words, one.text / top, one.neighbours / top, recency, standing.boost(), 0);
    return new Ranked(section, score, reasons);
  }

  /// Adds what one term is worth to every section that has it.
  ///
  /// @return how much the term counts
  private double look(List<Term> terms, int at) throws SQLException {
    var term = terms.get(at);
    var stem = term.kind() == Kind.WORD ? fits("stems", WEIGHTS, term) : Map.<Long, Double>of();
    var exact = fits("words", WORD_WEIGHTS, term);
    boolean rare = Math.max(stem.size(), exact.size()) <= COMMON;
    var inside =
        term.kind() == Kind.WORD && rare && term.text().codePointCount(0, term.text().length()) > 3
            ? fits("grams", WEIGHTS, term)
            : Map.<Long, Double>of();
    var sections = new HashMap<Long, double[]>();
    stem.forEach((id, fit) -> sections.computeIfAbsent(id, _ -> new double[3])[0] = fit);
    exact.forEach((id, fit) -> sections.computeIfAbsent(id, _ -> new double[3])[1] = fit);
    inside.forEach((id, fit) -> sections.computeIfAbsent(id, _ -> new double[3])[2] = fit);
    if (sections.isEmpty()) {
      return 0;
    }
    int having = Math.max(1, Math.max(stem.size(), exact.size()));
    double weight = weight(having);
    for (var section : sections.entrySet()) {
      if (mayBeShown(section.getKey())) {
        var one = found.computeIfAbsent(section.getKey(), _ -> new Found(terms.size()));
        one.own[at] = add(one, term, section.getValue(), having);
      }
    }
    return weight;
  }

  private boolean mayBeShown(long section) {
    return documents.apply(places.of(section).document()).boost() > 0;
  }

  /// What a term is worth in a section.
  ///
  /// @param fits of its stem, of itself, and inside other words
  private double add(Found one, Term term, double[] fits, int having) {
    double weight = weight(having);
    double whole = term.kind() == Kind.WORD ? fits[0] * (1 - EXACT) + fits[1] * EXACT : fits[1];
    one.words.add(
        new Word(
            term.text(), having, weight, weight * fits[0], weight * fits[1], weight * fits[2]));
    return weight * Math.max(whole, fits[2] * INSIDE);
  }

  /// How well each section has a term, between 0 and 2.2: SQLite's score without its weight of the
  /// word.
  private Map<Long, Double> fits(String table, String weights, Term term) throws SQLException {
    var found = tables.find(table, weights, match(term));
    double theirs =
        Math.max(1e-6, Math.log((places.count() - found.size() + 0.5) / (found.size() + 0.5)));
    found.replaceAll((_, score) -> score / theirs);
    return found;
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

  /// Tells the section beside one what that one has.
  private void share(long section, int step, double[] own) {
    var place = places.of(section);
    places
        .beside(section, step)
        .ifPresent(id -> {
          boolean together = places.of(id).heading().equals(place.heading());
          double share =
              together ? (step > 0 && place.asks() ? ANSWER : BESIDE_SAME_HEADING) : BESIDE;
          var one = found.computeIfAbsent(id, _ -> new Found(own.length));
          for (int term = 0; term < own.length; term++) {
            one.beside[term] = Math.max(one.beside[term], own[term] * share);
            one.shares[term] = Math.max(one.shares[term], own[term] > 0 ? share : 0);
          }
        });
  }
}
