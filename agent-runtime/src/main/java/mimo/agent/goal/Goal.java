package mimo.agent.goal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import mimo.agent.GoalLimits;
import mimo.agent.output.LinearPattern;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.By;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Tests;
import mimo.agent.session.GoalFacts;
import mimo.agent.session.GoalWords;
import org.jspecify.annotations.Nullable;

/// What somebody wants an agent to reach (G1): a condition in words, and checks that need no model.
///
/// @param most how often the agent may be sent back (G7); null for as often as is usual
public record Goal(
    String condition, List<Check> checks, By by, Tests tests, @Nullable Integer most) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /// @throws IllegalArgumentException if it breaks a limit; the message says which
  public Goal {
    condition = condition.strip();
    checks = List.copyOf(checks);
    if (condition.isEmpty() || condition.length() > GoalLimits.CONDITION_CHARS) {
      throw new IllegalArgumentException(
          "a goal's condition must have 1 to " + GoalLimits.CONDITION_CHARS + " characters");
    }
    if (checks.size() > GoalLimits.CHECKS) {
      throw new IllegalArgumentException(
          "a goal has at most " + GoalLimits.CHECKS + " checks, not " + checks.size());
    }
    if (most != null && (most < 0 || most > GoalLimits.REENTRIES_MOST)) {
      throw new IllegalArgumentException(
          "maxReentries must be from 0 to " + GoalLimits.REENTRIES_MOST + ", not " + most);
    }
    checks.forEach(Goal::validate);
  }

  private static void validate(Check check) {
    switch (check) {
      case Check.Command(var line, var exit) -> {
        if (line.isBlank() || exit < 0 || exit > 255) {
          throw new IllegalArgumentException(
              "a check is a command line that is not empty and an exit code from 0 to 255");
        }
      }
      case Check.Exists(var path) -> named(path);
      case Check.Absent(var path) -> named(path);
      case Check.Matches(var path, var pattern) -> {
        named(path);
        LinearPattern.compile(pattern);
      }
      case Check.Hash(var path, var sha256) -> {
        named(path);
        if (!SHA256.matcher(sha256).matches()) {
          throw new IllegalArgumentException("sha256 must be 64 lower-case hex digits");
        }
      }
    }
  }

  private static void named(String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException("a check of a file must name it");
    }
  }

  /// What the user wants, with commands that must end with 0.
  public static Goal ofUser(String condition, List<String> commands, Tests tests) {
    List<Check> checks = new ArrayList<>();
    commands.forEach(line -> checks.add(new Check.Command(line, 0)));
    return new Goal(condition, checks, By.USER, tests, null);
  }

  /// What a script wants: a string, or `{"condition", "checks"?, "tests"?, "maxReentries"?}`, whose
  /// checks are command lines or objects as [GoalFacts#write(Check)] writes them.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static Goal ofScript(JsonNode given) {
    if (given.isTextual()) {
      return new Goal(given.textValue(), List.of(), By.SCRIPT, Tests.GUARDED, null);
    }
    if (!(given instanceof ObjectNode object) || !object.path("condition").isTextual()) {
      throw new IllegalArgumentException("a goal is a string, or an object with a condition");
    }
    var checks = new ArrayList<Check>();
    for (var each : object.path("checks")) {
      checks.add(each.isTextual() ? new Check.Command(each.textValue(), 0) : GoalFacts.check(each));
    }
    boolean free = object.path("tests").asText("guarded").equals("free");
    return new Goal(
        object.path("condition").textValue(),
        checks,
        By.SCRIPT,
        free ? Tests.FREE : Tests.GUARDED,
        object.has("maxReentries") ? Integer.valueOf(object.path("maxReentries").asInt()) : null);
  }

  /// What an agent is told of it.
  public String words() {
    return GoalWords.set(set(GoalLimits.REENTRIES, List.of(), null));
  }

  GoalFact.Set set(int usual, List<GoalFact.Guarded> guarded, @Nullable String copy) {
    return new GoalFact.Set(
        condition, checks, by, tests, most == null ? usual : most, guarded, copy);
  }
}
