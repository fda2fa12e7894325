package mimo.agent.session;

import java.util.ArrayList;
import mimo.agent.session.GoalFact.Check;

/// What an agent is told of its goal.
public final class GoalWords {

  /// What it is told once there is none any more.
  public static final String CLEARED = "The goal is cleared: end as soon as you have answered.";

  private GoalWords() {}

  /// What it is told when it has one.
  public static String set(GoalFact.Set goal) {
    var lines = new ArrayList<String>();
    lines.add("Your goal: " + goal.condition());
    if (!goal.checks().isEmpty()) {
      lines.add("When you stop, these checks run:");
      goal.checks().forEach(check -> lines.add("- " + name(check)));
    }
    lines.add(
        "When you stop, a judge who has seen everything decides whether the goal is met; until it"
            + " is, you are sent back. Only results of tools count as evidence, not what you say."
            + (goal.tests() == GoalFact.Tests.GUARDED
                ? " Changed tests and test configuration are noticed, and do not count."
                : ""));
    return String.join("\n", lines);
  }

  /// What a check is called.
  public static String name(Check check) {
    return switch (check) {
      case Check.Command(var line, var exit) ->
          exit == 0 ? line : line + " (exit code " + exit + ")";
      case Check.Exists(var path) -> path + " exists";
      case Check.Absent(var path) -> path + " does not exist";
      case Check.Matches(var path, var pattern) -> path + " matches /" + pattern + "/";
      case Check.Hash(var path, var sha256) -> path + " has the SHA-256 " + sha256;
    };
  }
}
