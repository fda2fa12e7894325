package mimo.agent;

import java.util.OptionalLong;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// How many output tokens money pays for.
final class Affordable {

  private static final double MILLION = 1_000_000;

  private Affordable() {}

  /// @param microUsd what there is
  /// @param input tokens that have to be paid first, all of them as if they went to the provider's
  ///   cache, which is the dearest; null where that is not looked at
  /// @return empty if output costs nothing; 0 if there is nothing left for it, which can be only
  ///   where the input is looked at
  static OptionalLong of(long microUsd, Price price, @Nullable Long input) {
    long left = microUsd - (input == null ? 0 : price.mostMicroUsd(input));
    if (input != null && left <= 0) {
      return OptionalLong.of(0);
    }
    if (price.outputPerMillionMicroUsd() == 0) {
      return OptionalLong.empty();
    }
    long tokens = tokens(left, price);
    return OptionalLong.of(input == null ? Math.max(1, tokens) : tokens);
  }

  /// The same where what goes in is set aside by what it is likely to cost (LG1): it may cost more.
  ///
  /// @param input of which only what goes in counts
  static OptionalLong behind(long microUsd, Price price, TokenUsage input) {
    long left = microUsd - price.microUsd(new TokenUsage(input.input(), 0, 0, input.cacheRead()));
    if (left <= 0) {
      return OptionalLong.of(0);
    }
    return price.outputPerMillionMicroUsd() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(tokens(left, price));
  }

  private static long tokens(long microUsd, Price price) {
    return (long) (microUsd * MILLION / price.outputPerMillionMicroUsd());
  }
}
