package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a script allows one agent (L76, L77).
///
/// @param timeout for its work, all attempts together; null for none
/// @param stall between two signs of progress; null for none
/// @param retries attempts after the first that failed in a way another may not
/// @param maxTurns requests to the model in one attempt
record AgentBounds(
    @Nullable Duration timeout, @Nullable Duration stall, int retries, int maxTurns) {

  /// A year. A script may name any number, and clocks count in nanoseconds.
  private static final double LONGEST_MILLIS = Duration.ofDays(365).toMillis();

  /// Reads `{"timeoutMs"?, "stallMs"?, "retries"?, "maxTurns"?}` of a larger object.
  ///
  /// @throws IllegalArgumentException if a value has the wrong type
  static AgentBounds parse(JsonNode input) {
    return new AgentBounds(
        millis(input, "timeoutMs"),
        millis(input, "stallMs"),
        count(input, "retries", 0, AgentLimits.RETRIES, 0),
        count(input, "maxTurns", 1, AgentLimits.TURNS, AgentLimits.TURNS));
  }

  private static @Nullable Duration millis(JsonNode input, String key) {
    var millis = input.path(key);
    if (millis.isMissingNode() || millis.isNull()) {
      return null;
    }
    if (!millis.isNumber() || millis.asDouble() <= 0) {
      throw new IllegalArgumentException("'" + key + "' must be a number above 0");
    }
    return Duration.ofMillis((long) Math.clamp(millis.asDouble(), 1d, LONGEST_MILLIS));
  }

  private static int count(JsonNode input, String key, int least, int most, int preset) {
    var count = input.path(key);
    if (count.isMissingNode() || count.isNull()) {
      return preset;
    }
    if (!count.isInt() || count.intValue() < least || count.intValue() > most) {
      throw new IllegalArgumentException(
          "'%s' must be a whole number from %d to %d".formatted(key, least, most));
    }
    return count.intValue();
  }
}
