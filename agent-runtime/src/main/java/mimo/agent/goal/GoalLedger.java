package mimo.agent.goal;

import java.util.List;
import java.util.Optional;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.State;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnStatus;
import org.jspecify.annotations.Nullable;

/// How the goal of a session stands, told from its facts (G8). Immutable.
///
/// @param goal the one that was set last; null if none ever was, or it was cleared
/// @param last what the gate came to last; null if it has not run since the goal was set, or
///   cleared
/// @param reentries how often the agent was sent back for it
/// @param cleared the one that was set last, if it was cleared; else null
public record GoalLedger(
    GoalFact.@Nullable Set goal,
    GoalFact.@Nullable Ruled last,
    int reentries,
    GoalFact.@Nullable Set cleared) {

  public static final GoalLedger NONE = new GoalLedger(null, null, 0, null);

  /// Reads a session.
  public static GoalLedger of(List<SessionFact> facts) {
    var ledger = NONE;
    for (var fact : facts) {
      if (fact instanceof GoalFact about) {
        ledger = ledger.after(about);
      } else if (fact instanceof TurnEnded ended && ended.status() == TurnStatus.ANSWERED) {
        ledger = ledger.told();
      }
    }
    return ledger;
  }

  /// The same once this has happened, too.
  public GoalLedger after(GoalFact fact) {
    return switch (fact) {
      case GoalFact.Set set -> new GoalLedger(set, null, 0, null);
      case GoalFact.Cleared _ -> withoutGoal();
      case GoalFact.Ruled ruled -> new GoalLedger(goal, ruled, ruled.reentries(), cleared);
      case GoalFact.Checked _, GoalFact.Accepted _, GoalFact.Judged _ -> this;
    };
  }

  /// One that was refused as it was set never was a goal.
  private GoalLedger withoutGoal() {
    if (goal == null) {
      return this;
    }
    if (Pursuit.holdsASecret(goal)) {
      return NONE;
    }
    var open = new GoalLedger(null, null, reentries, goal);
    return isOpen() ? open : open.told();
  }

  /// The same once nobody need be told any more that the goal was cleared: it had been met before,
  /// or there was an answer since.
  private GoalLedger told() {
    return clearing().map(this::after).orElse(this);
  }

  /// Whether an agent that wants to stop has to pass the gate. A goal that was impossible stays
  /// set: what stood in its way may be mended.
  public boolean isOpen() {
    return goal != null && (last == null || last.state() != State.MET);
  }

  /// How it stands in a word; null if there never was a goal.
  public @Nullable State state() {
    if (goal == null) {
      return cleared == null ? null : State.CLEARED;
    }
    return last == null ? State.NOT_MET : last.state();
  }

  /// Why it stands so; empty before the first verdict.
  public String reason() {
    return cleared != null ? VerdictWords.CLEARED : last == null ? "" : last.reason();
  }

  /// What the first end of an agent comes to whose goal was cleared: it is told so once (G7).
  Optional<GoalFact.Ruled> clearing() {
    return cleared == null || last != null
        ? Optional.empty()
        : Optional.of(
            new GoalFact.Ruled(
                State.CLEARED,
                VerdictWords.CLEARED,
                List.of(),
                false,
                List.of(),
                reentries,
                cleared.most(),
                null,
                null,
                TokenUsage.NONE,
                0L));
  }

  /// What people are told: what models are, and of a goal that was cleared that it was.
  public List<String> shown() {
    return cleared == null
        ? lines()
        : List.of("Goal: " + cleared.condition(), "cleared: " + VerdictWords.CLEARED);
  }

  /// What models are told: the condition, and the last verdict.
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
