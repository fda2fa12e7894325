package mimo.agent.provider;

/// What a model costs, in millionths of a US dollar for a million tokens.
public record Price(
    long inputPerMillionMicroUsd, long outputPerMillionMicroUsd, long cacheReadPerMillionMicroUsd) {

  public static final Price FREE = new Price(0, 0, 0);

  private static final long MILLION = 1_000_000;

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

  /// What `usage` costs, in millionths of a US dollar, rounded up: a price never counts as free.
  public long microUsd(TokenUsage usage) {
    long fresh = Math.max(0, usage.input() - usage.cacheRead());
    long sum =
        fresh * inputPerMillionMicroUsd
            + usage.cacheRead() * cacheReadPerMillionMicroUsd
            + usage.output() * outputPerMillionMicroUsd;
    return Math.ceilDiv(sum, MILLION);
  }
}
