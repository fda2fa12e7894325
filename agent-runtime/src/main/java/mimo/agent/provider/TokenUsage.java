package mimo.agent.provider;

/// Tokens one model reply used, as the provider counts them.
///
/// @param input prompt tokens, cached ones included
/// @param output tokens produced, reasoning included
/// @param reasoning the part of `output` that was reasoning
/// @param cacheRead the part of `input` read from the provider's cache
/// @param cacheWrite the part of `input` written to the provider's cache
public record TokenUsage(long input, long output, long reasoning, long cacheRead, long cacheWrite) {

  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

  /// What a provider counts that does not charge for writing to its cache.
  public TokenUsage(long input, long output, long reasoning, long cacheRead) {
    this(input, output, reasoning, cacheRead, 0);
  }

  public TokenUsage plus(TokenUsage more) {
    return new TokenUsage(
        input + more.input,
        output + more.output,
        reasoning + more.reasoning,
        cacheRead + more.cacheRead,
        cacheWrite + more.cacheWrite);
  }

  public TokenUsage minus(TokenUsage less) {
    return new TokenUsage(
        input - less.input,
        output - less.output,
        reasoning - less.reasoning,
        cacheRead - less.cacheRead,
        cacheWrite - less.cacheWrite);
  }
}
