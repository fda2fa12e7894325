package mimo.agent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.agent.AgentLimits;

/// The one way from JSON text to nodes and back: one value, no key twice, not too deep.
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(AgentLimits.JSON_DEPTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /// Reads one value.
  ///
  /// @throws IllegalArgumentException if `text` is no JSON value; the message says what and where
  public static JsonNode parse(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      var at = malformed.getLocation();
      var where =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw new IllegalArgumentException(malformed.getOriginalMessage() + where, malformed);
    }
    if (node == null || node.isMissingNode()) {
      throw new IllegalArgumentException("there is no JSON value");
    }
    checkNumbers(node);
    return node;
  }

  /// `1e999999999` is a few characters here and a gigabyte once somebody computes with it.
  private static void checkNumbers(JsonNode node) {
    if (node.isBigDecimal() && Math.abs(node.decimalValue().scale()) > AgentLimits.JSON_EXPONENT) {
      throw new IllegalArgumentException("the number " + node + " is out of range");
    }
    node.forEach(Json::checkNumbers);
  }

  /// Writes a value, without blanks.
  public static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a JSON tree cannot be written", impossible);
    }
  }

  /// Writes a text as a JSON string.
  public static String quote(String text) {
    return write(JsonNodeFactory.instance.textNode(text));
  }

  /// An empty object.
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
