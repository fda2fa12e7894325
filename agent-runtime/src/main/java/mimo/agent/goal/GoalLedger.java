package mimo.agent.goal;

import java.util.List;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.State;
import mimo.agent.session.SessionFact;
import org.jspecify.annotations.Nullable;

/// How the goal of a session stands, told from its facts (G8). Immutable.
///
/// @param goal the one that was set last; null if none ever was, or it was cleared
/// @param last what the gate came to last; null if it has not run for this goal
/// @param reentries how often the agent was sent back for it
public record GoalLedger(
    GoalFact.@Nullable Set goal, GoalFact.@Nullable Ruled last, int reentries) {

  public static final GoalLedger NONE = new GoalLedger(null, null, 0);

  /// Reads a session.
  public static GoalLedger of(List<SessionFact> facts) {
    var ledger = NONE;
    for (var fact : facts) {
      if (fact instanceof GoalFact about) {
        ledger = ledger.after(about);
      }
    }
    return ledger;
  }

  /// The same once this has happened, too.
  public GoalLedger after(GoalFact fact) {
    return switch (fact) {
      case GoalFact.Set set -> new GoalLedger(set, null, 0);
      case GoalFact.Cleared _ -> NONE;
      case GoalFact.Ruled ruled -> new GoalLedger(goal, ruled, ruled.reentries());
      case GoalFact.Checked _, GoalFact.Accepted _, GoalFact.Judged _ -> this;
    };
  }

  /// Whether an agent that wants to stop has to pass the gate. A goal that was impossible stays
  /// set: what stood in its way may be mended.
  public boolean isOpen() {
    return goal != null && (last == null || last.state() != State.MET);
  }

  /// How it stands in a word; null if there is no goal.
  public @Nullable State state() {
    return goal == null ? null : last == null ? State.NOT_MET : last.state();
  }

  /// What people and models are told: the condition, and the last verdict.
  public List<String> lines() {
    if (goal == null) {
      return List.of();
    }
    var condition = "Goal: " + goal.condition();
    return last == null
        ? List.of(condition, "not judged yet")
        : List.of(condition, VerdictWords.of(last));
  }
}
