package mimo.agent.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import mimo.agent.json.Json;

/// Finds a JSON value that a model wrote as text instead of calling its tool.
public final class AnswerText {

  private static final Pattern FENCED =
      Pattern.compile("```[A-Za-z0-9]*\\R(?<body>.*)\\R```", Pattern.DOTALL);

  private AnswerText() {}

  /// The value `text` consists of, bare or as one fenced block; empty if there is a word beside it.
  public static Optional<JsonNode> find(String text) {
    var trimmed = text.strip();
    var fenced = FENCED.matcher(trimmed);
    try {
      return Optional.of(Json.parse(fenced.matches() ? fenced.group("body") : trimmed));
    } catch (IllegalArgumentException prose) {
      return Optional.empty();
    }
  }
}
