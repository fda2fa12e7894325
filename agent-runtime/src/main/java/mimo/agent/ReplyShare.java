package mimo.agent;

import java.util.OptionalLong;
import mimo.agent.provider.ModelSize;

/// What a reply is limited to of what is left of a budget: providers refuse more than a model can
/// say.
final class ReplyShare {

  private ReplyShare() {}

  /// @param left of the budget; empty if nothing limits it
  /// @param input tokens that go in with the request
  /// @return empty also where that is more than any reply has: then it limits nothing
  static OptionalLong of(OptionalLong left, ModelSize size, long input) {
    if (left.isEmpty()
        || (size.output() == null && left.getAsLong() > GuardLimits.BUDGET_REPLY_TOKENS)) {
      return OptionalLong.empty();
    }
    long most = size.output() == null ? GuardLimits.BUDGET_REPLY_TOKENS : size.output();
    long room = size.window() == null ? Long.MAX_VALUE : Math.max(1, size.window() - input);
    return OptionalLong.of(Math.min(left.getAsLong(), Math.min(most, room)));
  }
}
