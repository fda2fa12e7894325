package mimo.agent.maxmode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mimo.agent.GuardLimits;
import org.jspecify.annotations.Nullable;

/// How many candidates each step of an agent has (X1), and when (X6).
public record MaxMode(int candidates, Policy policy) {

  /// What is meant where nobody gives a number.
  public static final MaxMode USUAL = new MaxMode(GuardLimits.CANDIDATES_USUAL, Policy.ALWAYS);

  private static final String CANDIDATES = "candidates";
  private static final String POLICY = "policy";

  /// When a step has candidates.
  public enum Policy {
    /// Each step has.
    ALWAYS,

    /// The first is asked for alone; the others only if that one wants to change something.
    MUTATIONS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Policy> of(String word) {
      return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    public static List<String> words() {
      return Arrays.stream(values()).map(Policy::word).toList();
    }
  }

  public MaxMode {
    if (!isPossible(candidates)) {
      throw new IllegalArgumentException(
          "%d candidates are asked for, but a step has %s".formatted(candidates, range()));
    }
  }

  public static boolean isPossible(int candidates) {
    return candidates >= GuardLimits.CANDIDATES_LEAST && candidates <= GuardLimits.CANDIDATES_MOST;
  }

  /// In words, such as `2 to 9`.
  public static String range() {
    return GuardLimits.CANDIDATES_LEAST + " to " + GuardLimits.CANDIDATES_MOST;
  }

  /// Reads `true`, a number, or `{"candidates"?, "policy"?}`; `false` and nothing are no Max Mode
  /// (L80).
  ///
  /// @throws IllegalArgumentException if it is none of them
  public static @Nullable MaxMode parse(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return null;
    }
    if (given.isBoolean()) {
      return given.booleanValue() ? USUAL : null;
    }
    if (given.isInt()) {
      return new MaxMode(given.intValue(), USUAL.policy());
    }
    var candidates = given.path(CANDIDATES);
    var policy = given.path(POLICY);
    if (!given.isObject() || !(candidates.isMissingNode() || candidates.isInt())) {
      throw new IllegalArgumentException(
          "'max' must be true, %s, or {candidates, policy}".formatted(range()));
    }
    return new MaxMode(
        candidates.asInt(USUAL.candidates()),
        policy.isMissingNode()
            ? USUAL.policy()
            : Policy.of(policy.asText())
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "the policy of 'max' must be " + String.join(" or ", Policy.words()))));
  }
}
