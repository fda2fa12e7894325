package mimo.agent.rebuild;

import java.util.List;
import java.util.function.Supplier;
import mimo.agent.goal.GoalLedger;
import mimo.agent.session.ConversationSoFar;
import mimo.agent.session.OwnWords;

/// How one conversation goes on when it is too long.
///
/// @param session its name in the memory; empty for none
/// @param before what was said before this turn, and what of it and of this turn the user asks for
/// @param asked what the user said, the earliest first
/// @param goal how the goal stands
public record Renewal(
    Rebuilding rebuilding,
    String session,
    ConversationSoFar before,
    Supplier<List<String>> asked,
    Supplier<GoalLedger> goal) {

  /// One that begins, and of which nothing is known but what is said in it.
  ///
  /// @param prompt with which it begins
  public static Renewal plain(String prompt) {
    var before = ConversationSoFar.NOTHING.asking(List.of(new OwnWords(0, prompt)));
    return new Renewal(
        Rebuilding.plain(), "", before, () -> List.of(prompt), () -> GoalLedger.NONE);
  }

  Knowledge knowledge() {
    return session.isEmpty() ? Knowledge.NOTHING : rebuilding.knowledge().apply(session);
  }
}
