package mimo.agent.goal;

import mimo.agent.GoalLimits;
import mimo.agent.estimate.TokenEstimator;
import mimo.agent.provider.ModelSize;

/// How much a judge can be shown. What it takes is counted as by a model nobody has heard of yet,
/// so rather too much.
///
/// @param chars characters it is never shown more of
/// @param tokens it takes; `Long.MAX_VALUE` if nobody knows
record Room(long chars, long tokens) {

  /// Tokens of what it is told first.
  private static final long SYSTEM_TOKENS = 2_000;

  /// What is left beside a reply.
  ///
  /// @param reply tokens it may have
  static Room beside(long reply, ModelSize size) {
    var window = size.window();
    return new Room(
        GoalLimits.JUDGE_CHARS,
        window == null ? Long.MAX_VALUE : Math.max(0, window - reply - SYSTEM_TOKENS));
  }

  /// Whether a text has its place in it.
  boolean holds(String text) {
    return text.length() <= chars
        && (tokens == Long.MAX_VALUE || new TokenEstimator().tokens(text) <= tokens);
  }

  /// Half of it, for who has found it to be too much.
  Room halved(String text) {
    return new Room(Math.min(chars, text.length()) / 2, tokens);
  }
}
