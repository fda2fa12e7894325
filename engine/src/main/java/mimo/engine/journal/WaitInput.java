package mimo.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Locale;
import mimo.engine.EngineLimits;
import mimo.engine.Gate;
import mimo.engine.Gate.Unattended;
import org.jspecify.annotations.Nullable;

/// Reads what the engine's own steps are asked for: a timer's is `{"ms": N}`, a gate's
/// `{"question", "schema", "default"?, "timeoutMs"?, "unattended"?}` where `unattended` is `waits`
/// (preset), `falls_back` or `fails`.
///
/// Everything else in them is of no concern here.
public final class WaitInput {

  private static final JsonMapper JSON = new JsonMapper();

  private WaitInput() {}

  /// How long a timer runs.
  ///
  /// @throws IllegalArgumentException if the input says no such thing
  public static Duration delay(String input) {
    var delay = time(read(input), "ms");
    if (delay == null) {
      throw new IllegalArgumentException("timer input " + input + " has no 'ms'");
    }
    return delay;
  }

  /// What a gate asks.
  ///
  /// @throws IllegalArgumentException if the input says no such thing
  public static Gate gate(String input) {
    var node = read(input);
    if (!node.path("question").isTextual() || !node.has("schema")) {
      throw new IllegalArgumentException("gate input " + input + " needs a question and a schema");
    }
    var fallback = node.get("default");
    return new Gate(
        node.path("question").textValue(),
        node.path("schema").toString(),
        fallback == null ? null : fallback.toString(),
        time(node, "timeoutMs"),
        Unattended.valueOf(node.path("unattended").asText("waits").toUpperCase(Locale.ROOT)));
  }

  private static @Nullable Duration time(JsonNode node, String name) {
    var millis = node.get(name);
    if (millis == null) {
      return null;
    }
    if (!millis.isIntegralNumber()
        || !millis.canConvertToLong()
        || millis.longValue() < 0
        || millis.longValue() > EngineLimits.LONGEST_WAIT.toMillis()) {
      throw new IllegalArgumentException(
          name
              + " is "
              + millis
              + "; it must be from 0 to "
              + EngineLimits.LONGEST_WAIT.toMillis());
    }
    return Duration.ofMillis(millis.longValue());
  }

  private static JsonNode read(String input) {
    try {
      return JSON.readTree(input);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("input " + input + " is no JSON", e);
    }
  }
}
