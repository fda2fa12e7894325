package mimo.agent.rebuild;

import java.util.Arrays;
import mimo.agent.ContextLimits;

/// What each part of a rebuilt prompt may take, in a window of some size (K18).
///
/// @param total tokens of the whole, the kept messages included
public record Caps(long total) {

  /// In a window of so many tokens: half of it, and never more than the limit.
  static Caps in(long usable) {
    return new Caps(Math.max(1, Math.min(ContextLimits.REBUILT_TOKENS, usable / 2)));
  }

  /// The tokens of a part, in proportion. Where the agent is going, and where it stands, keep their
  /// room as long as that leaves some for the rest.
  public long of(Part part) {
    return part == Part.GOAL || part == Part.RESUME
        ? Math.min(part.tokens(), total / 8)
        : scaled(part.tokens());
  }

  /// The tokens of all parts.
  long ofAll() {
    return Arrays.stream(Part.values()).mapToLong(this::of).sum();
  }

  long ofOneMessage() {
    return scaled(ContextLimits.REBUILT_USER_TOKENS);
  }

  private long scaled(long tokens) {
    long first = (long) Part.GOAL.tokens() + Part.RESUME.tokens();
    long left = total - of(Part.GOAL) - of(Part.RESUME);
    return tokens * left / (ContextLimits.REBUILT_TOKENS - first);
  }
}
