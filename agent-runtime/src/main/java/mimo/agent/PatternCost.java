package mimo.agent;

import java.util.regex.Pattern;

/// What a regular expression from a model or a schema may cost to compile and to run: linear time
/// in the text is no promise while the pattern itself unfolds without end.
public final class PatternCost {

  private static final Pattern COUNTED = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  private PatternCost() {}

  /// Whether `pattern` is too long, or its counts multiply to more than the limit.
  public static boolean isTooHigh(String pattern) {
    return pattern.length() > AgentLimits.PATTERN_CHARS
        || repeats(pattern) > AgentLimits.PATTERN_REPEATS;
  }

  /// What the counted repetitions multiply to, as if each stood inside the next: an upper bound of
  /// how far they can blow up the compiled pattern.
  private static long repeats(String pattern) {
    var counted = COUNTED.matcher(pattern);
    long product = 1;
    while (counted.find() && product <= AgentLimits.PATTERN_REPEATS) {
      var upper = counted.group(2);
      var count = upper == null || upper.isEmpty() ? counted.group(1) : upper;
      product *= Math.max(1, Long.parseLong(count));
    }
    return product;
  }
}
