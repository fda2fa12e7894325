package mimo.agent.estimate;

import mimo.agent.provider.TokenUsage;

/// What goes into requests before they are sent (K24).
///
/// @param likely by how the model counts, and what of the last request came from its cache
/// @param most as far as the estimator can be wrong
public record Intake(TokenUsage likely, long most) {

  /// What goes into so many requests of the same kind.
  public Intake times(int requests) {
    return new Intake(
        new TokenUsage(likely.input() * requests, 0, 0, likely.cacheRead() * requests),
        most * requests);
  }
}
