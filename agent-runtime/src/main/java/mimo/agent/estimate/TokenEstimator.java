package mimo.agent.estimate;

import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.provider.TokenUsage;

/// How many tokens one model counts in a text (K24). Thread-safe.
///
/// Three rates are to be found, and each reply tells one number: what its whole request came to. So
/// each reply moves the rates toward what would have told that number, those the most that are the
/// least certain and weigh the most in it: a Kalman filter of three values. Until there were enough
/// replies, the rates are those of the least economical tokenizers.
public final class TokenEstimator {

  /// So many replies make the rates the model's own.
  private static final int ENOUGH = 3;

  private static final int KINDS = 3;

  /// Tokens for each character of words, code and wide scripts, as usual tokenizers have them.
  private static final double[] USUAL = {0.24, 0.34, 0.85};

  /// By how much tokenizers differ.
  private static final double[] SPREAD = {0.07, 0.13, 0.40};

  /// No tokenizer in use takes more.
  private static final double[] MOST = {0.36, 0.60, 1.60};

  private static final double PER_PIECE = 4;
  private static final double MOST_PER_PIECE = 8;

  /// How far texts of one kind differ from one another, as a part of the whole.
  private static final double NOISE = 0.02;

  /// How far the next request may differ from those before.
  private static final double DRIFT = 0.01;

  private final ReentrantLock lock = new ReentrantLock();
  private final double[] rates = USUAL.clone();
  private final double[][] doubt = new double[KINDS][KINDS];
  private int heard;

  /// One that knows nothing of its model yet.
  public TokenEstimator() {
    for (int i = 0; i < KINDS; i++) {
      doubt[i][i] = SPREAD[i] * SPREAD[i];
    }
  }

  /// The tokens of a text, without what a message costs by itself.
  public long tokens(String text) {
    return tokens(Weight.of(text));
  }

  /// The tokens of something that weighs this.
  public long tokens(Weight weight) {
    lock.lock();
    try {
      var kinds = kinds(weight);
      double known = PER_PIECE * weight.pieces();
      double most = MOST_PER_PIECE * weight.pieces();
      for (int i = 0; i < KINDS; i++) {
        known += rates[i] * kinds[i];
        most += MOST[i] * kinds[i];
      }
      return (long) Math.ceil(heard < ENOUGH ? Math.max(most, known) : known);
    } finally {
      lock.unlock();
    }
  }

  /// Whether no model has told it anything.
  public boolean isUntaught() {
    lock.lock();
    try {
      return heard == 0;
    } finally {
      lock.unlock();
    }
  }

  /// The model was sent something that weighs this, and said what it had counted.
  public void learn(Weight sent, TokenUsage counted) {
    lock.lock();
    try {
      var kinds = kinds(sent);
      double expected = PER_PIECE * sent.pieces();
      for (int i = 0; i < KINDS; i++) {
        expected += USUAL[i] * kinds[i];
      }
      // Who says nothing of it, or of another text, teaches nothing.
      if (counted.input() * 10 < expected || counted.input() > expected * 10) {
        return;
      }
      for (int i = 0; i < KINDS; i++) {
        kinds[i] /= expected;
      }
      correct(kinds, (counted.input() - PER_PIECE * sent.pieces()) / expected);
      heard++;
    } finally {
      lock.unlock();
    }
  }

  /// @param share what one token a character would come to, for each kind
  /// @param found what it came to
  private void correct(double[] share, double found) {
    var reach = new double[KINDS];
    double unsure = NOISE * NOISE;
    double error = found;
    for (int i = 0; i < KINDS; i++) {
      doubt[i][i] += Math.pow(DRIFT * rates[i], 2);
      error -= share[i] * rates[i];
      for (int j = 0; j < KINDS; j++) {
        reach[i] += doubt[i][j] * share[j];
      }
    }
    for (int i = 0; i < KINDS; i++) {
      unsure += reach[i] * share[i];
    }
    for (int i = 0; i < KINDS; i++) {
      rates[i] = Math.clamp(rates[i] + reach[i] * error / unsure, USUAL[i] / 5, USUAL[i] * 5);
      for (int j = 0; j < KINDS; j++) {
        doubt[i][j] -= reach[i] * reach[j] / unsure;
      }
    }
  }

  private static double[] kinds(Weight weight) {
    return new double[] {weight.text(), weight.code(), weight.wide()};
  }
}
