package mimo.agent.provider;

/// Tokens one model reply used, as the provider counts them.
///
/// @param input prompt tokens, cached ones included
/// @param output tokens produced, reasoning included
/// @param reasoning the part of `output` that was reasoning
/// @param cacheRead the part of `input` read from the provider's cache
public record TokenUsage(long input, long output, long reasoning, long cacheRead) {

  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);
}
