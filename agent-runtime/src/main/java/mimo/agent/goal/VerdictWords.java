package mimo.agent.goal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mimo.agent.GoalLimits;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Ruled;
import mimo.agent.session.GoalFact.State;

/// What people and agents are told of a verdict (G7, G10).
public final class VerdictWords {

  /// Why a goal stands as cleared.
  static final String CLEARED = "it is set no longer";

  private static final int MICRO_DIGITS = 6;

  private VerdictWords() {}

  /// The state, the reason, who judged and at what cost, in one line.
  public static String of(Ruled ruled) {
    var words = new StringBuilder(state(ruled)).append(": ").append(ruled.reason());
    if (ruled.state() == State.CLEARED) {
      return words.toString();
    }
    words.append(" (").append(ruled.checked() ? "checked" : "judged, not checked");
    if (ruled.model() != null) {
      words.append(", by ").append(ruled.model()).append(", ").append(tokens(ruled));
      var cost = ruled.microUsd();
      if (cost != null && cost > 0) {
        words.append(", $").append(BigDecimal.valueOf(cost, MICRO_DIGITS).toPlainString());
      }
    }
    if (ruled.reentries() > 0) {
      words.append(", sent back ").append(ruled.reentries()).append(" of ").append(ruled.most());
    }
    return words.append(')').toString();
  }

  private static String tokens(Ruled ruled) {
    return ruled.usage().input() + " tokens in, " + ruled.usage().output() + " out";
  }

  /// The state as people read it.
  public static String state(Ruled ruled) {
    return ruled.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// The quotes, one a line.
  public static List<String> quotes(Ruled ruled) {
    return ruled.evidence().stream().map(quote -> "\"" + quote + "\"").toList();
  }

  /// What an agent is told that is sent back.
  static String back(GoalFact.Set goal, String reason, List<Change> changes, int left) {
    var words = new StringBuilder("The goal is not met yet.\nGoal: ").append(goal.condition());
    words.append("\nReason: ").append(reason);
    if (!changes.isEmpty()) {
      words.append("\nChanged since the goal was set: ").append(list(changes));
    }
    return words
        .append("\nGo on until it is met, and show it by what tools print. (")
        .append(left)
        .append(left == 1 ? " more time" : " more times")
        .append(" after this)")
        .toString();
  }

  /// Changed files, the first ones by name.
  static String list(List<Change> changes) {
    var named =
        changes.stream()
            .limit(GoalLimits.QUOTES)
            .map(each -> each.path() + " (" + each.kind().name().toLowerCase(Locale.ROOT) + ")")
            .collect(Collectors.joining(", "));
    int more = changes.size() - GoalLimits.QUOTES;
    return more > 0 ? named + " and " + more + " more" : named;
  }
}
