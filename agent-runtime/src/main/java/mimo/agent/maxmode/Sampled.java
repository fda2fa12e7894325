package mimo.agent.maxmode;

import mimo.agent.provider.ModelReply;
import org.jspecify.annotations.Nullable;

/// What came of asking for one step.
///
/// @param choice how it was chosen, and then it is charged already; null if it was asked for alone
public record Sampled(ModelReply reply, @Nullable Choice choice) {

  /// A reply that was asked for alone.
  public static Sampled plain(ModelReply reply) {
    return new Sampled(reply, null);
  }
}
