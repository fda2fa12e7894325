package mimo.agent.memory.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mimo.agent.memory.index.Hit.Reasons;
import mimo.agent.memory.index.Hit.Word;
import mimo.agent.memory.index.Ranking.Standing;

/// A section that may answer a question: what it has of each of the terms, and what the sections
/// beside it have. Confined to one question.
final class Candidate {

  static final Comparator<Candidate> WORST_FIRST =
      Comparator.comparingDouble(Candidate::score)
          .thenComparing(Comparator.comparingInt(Candidate::section).reversed());

  /// How much it counts that a section has several of the words, and not one of them often.
  private static final double COVERAGE = 0.35;

  private static final double OLDEST = 0.8;
  private static final double HALF_LIFE_DAYS = 90;

  private final int section;
  private final Standing standing;
  private final List<Word> words = new ArrayList<>();
  private final double[] own;
  private final double[] beside;
  private final double[] shares;
  private double text;
  private double neighbours;
  private double recency;
  private double score;

  Candidate(int section, Standing standing, int terms) {
    this.section = section;
    this.standing = standing;
    own = new double[terms];
    beside = new double[terms];
    shares = new double[terms];
  }

  /// Its number in [Places].
  int section() {
    return section;
  }

  /// It has a term itself, and this is what that is worth.
  void has(int term, double worth, Word word) {
    own[term] = worth;
    words.add(word);
  }

  /// A section beside it has what `other` has, of which a share counts here.
  void isBeside(Candidate other, double share) {
    for (int term = 0; term < own.length; term++) {
      beside[term] = Math.max(beside[term], other.own[term] * share);
      shares[term] = Math.max(shares[term], other.own[term] > 0 ? share : 0);
    }
  }

  /// Makes its score. A neighbour supplies what the section itself does not say: what both say
  /// counts once.
  ///
  /// @param weights of the terms
  void sum(double[] weights, Instant now) {
    double covered = 0;
    double all = 1e-9;
    for (int term = 0; term < own.length; term++) {
      text += own[term];
      neighbours += Math.max(0, beside[term] - own[term]);
      covered += weights[term] * (own[term] > 0 ? 1 : shares[term]);
      all += weights[term];
    }
    double coverage = 1 - COVERAGE + COVERAGE * covered / all;
    text *= coverage;
    neighbours *= coverage;
    double days = Math.max(0, Duration.between(standing.modified(), now).toHours() / 24.0);
    recency = OLDEST + (1 - OLDEST) * Math.pow(0.5, days / HALF_LIFE_DAYS);
    score = found() * recency * standing.boost();
  }

  /// What its words and its neighbours come to.
  double found() {
    return text + neighbours;
  }

  double score() {
    return score;
  }

  /// Why it has its score.
  ///
  /// @param top what the best section has found
  /// @param floor below it nothing is shown, of a top of 1
  Reasons reasons(double top, double floor) {
    return new Reasons(words, text / top, neighbours / top, recency, standing.boost(), floor);
  }
}
