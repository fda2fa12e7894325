package mimo.agent.maxmode;

import java.util.List;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What was paid for candidates that were not chosen, and for judges (X5). It is a part of all that
/// was paid, as reasoning is a part of what was answered.
///
/// @param microUsd in millionths of a US dollar; null if nobody knows the price of some of it
public record Overhead(int requests, TokenUsage usage, @Nullable Long microUsd) {

  public static final Overhead NONE = new Overhead(0, TokenUsage.NONE, 0L);

  /// With one request more.
  ///
  /// @param cost of that request; null if nobody knows
  public Overhead plus(TokenUsage more, @Nullable Long cost) {
    var sum = microUsd == null || cost == null ? null : Long.valueOf(microUsd + cost);
    return new Overhead(requests + 1, usage.plus(more), sum);
  }

  /// Both.
  public Overhead plus(Overhead more) {
    var sum =
        microUsd == null || more.microUsd == null ? null : Long.valueOf(microUsd + more.microUsd);
    return new Overhead(requests + more.requests, usage.plus(more.usage), sum);
  }

  /// That of these requests.
  ///
  /// @param price null if nobody knows it
  public static Overhead of(List<TokenUsage> requests, @Nullable Price price) {
    var sum = NONE;
    for (var each : requests) {
      sum = sum.plus(each, price == null ? null : Long.valueOf(price.microUsd(each)));
    }
    return sum;
  }
}
