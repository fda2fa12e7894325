package mimo.agent.estimate;

import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.ContextLimits;
import mimo.agent.GuardLimits;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.TokenUsage;

/// What the next request of an agent is going to use, before it is sent (A34, K24): what goes in by
/// how its model counts, what comes out by what came out before. Thread-safe.
public final class RequestEstimate {

  /// How much the latest reply says against all before.
  private static final double NEWS = 0.5;

  private final TokenEstimator tokens;
  private final ReentrantLock lock = new ReentrantLock();
  private double output = GuardLimits.EXPECTED_OUTPUT_TOKENS;

  /// How much of the last request came from the provider's cache.
  private double cached;

  private boolean heard;

  /// @param tokens knows how the model counts, and goes on learning it elsewhere
  public RequestEstimate(TokenEstimator tokens) {
    this.tokens = tokens;
  }

  /// What the request is likely to use.
  public TokenUsage of(ModelRequest request) {
    lock.lock();
    try {
      long answered = Math.min((long) output, request.maxOutputTokens().orElse(Long.MAX_VALUE));
      long input = tokens.tokens(Weight.of(request));
      return new TokenUsage(input, Math.max(1, answered), 0, (long) (cached * input));
    } finally {
      lock.unlock();
    }
  }

  /// The most that goes in with the request, as far as the estimator can be wrong.
  public long most(ModelRequest request) {
    long likely = tokens.tokens(Weight.of(request));
    return likely + Math.ceilDiv(likely, ContextLimits.ESTIMATE_ERROR_PARTS);
  }

  /// What goes in with the request.
  public Intake intake(ModelRequest request) {
    return new Intake(of(request), most(request));
  }

  /// What so many characters of a reply come to.
  public long replied(int chars) {
    return tokens.tokens(new Weight(chars, 0, 0, 0));
  }

  /// A reply came.
  public void heard(TokenUsage counted) {
    lock.lock();
    try {
      output = heard ? output + NEWS * (counted.output() - output) : counted.output();
      cached = counted.input() == 0 ? 0 : (double) counted.cacheRead() / counted.input();
      heard = true;
    } finally {
      lock.unlock();
    }
  }
}
