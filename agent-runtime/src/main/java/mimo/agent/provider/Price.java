package mimo.agent.provider;

/// What a model costs, in millionths of a US dollar for a million tokens.
public record Price(
    long inputPerMillionMicroUsd, long outputPerMillionMicroUsd, long cacheReadPerMillionMicroUsd) {

  public static final Price FREE = new Price(0, 0, 0);

  private static final long MILLION = 1_000_000;

  /// Writing to a cache costs a quarter more than plain input where it costs anything: Anthropic's
  /// price for five minutes. Those who ask nothing for it report no such tokens.
  private static final long CACHE_WRITE_SHARE = 4;

  public Price {
    if (inputPerMillionMicroUsd < 0
        || outputPerMillionMicroUsd < 0
        || cacheReadPerMillionMicroUsd < 0) {
      throw new IllegalArgumentException(
          "price %d/%d/%d must not be negative"
              .formatted(
                  inputPerMillionMicroUsd, outputPerMillionMicroUsd, cacheReadPerMillionMicroUsd));
    }
  }

  /// The most that so many input tokens can cost: as if all of them were written to a cache.
  public long mostMicroUsd(long input) {
    return microUsd(new TokenUsage(input, 0, 0, 0, input));
  }

  /// What `usage` costs, in millionths of a US dollar, rounded up: a price never counts as free.
  public long microUsd(TokenUsage usage) {
    long fresh = Math.max(0, usage.input() - usage.cacheRead());
    long sum =
        fresh * inputPerMillionMicroUsd
            + usage.cacheRead() * cacheReadPerMillionMicroUsd
            + Math.ceilDiv(usage.cacheWrite() * inputPerMillionMicroUsd, CACHE_WRITE_SHARE)
            + usage.output() * outputPerMillionMicroUsd;
    return Math.ceilDiv(sum, MILLION);
  }
}
