package mimo.compose.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import mimo.engine.ActivityRequest;

/// How traces write down, on a line, what a script did.
final class Deed {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Deed() {}

  /// `asks: label @ path in phase by model`, of which only the label is always there.
  static String asks(ActivityRequest request) {
    return "asks: "
        + request.label()
        + part(" @ ", request.path())
        + part(" in ", request.phase())
        + part(" by ", model(request));
  }

  static String enters(String phase) {
    return "enters: " + phase;
  }

  static String says(String line) {
    return "says: " + line;
  }

  private static String part(String word, String text) {
    return text.isEmpty() ? "" : word + text;
  }

  private static String model(ActivityRequest request) {
    try {
      return JSON.readTree(request.input()).path("model").asText("");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a request's input is no JSON: " + request.input(), e);
    }
  }
}
