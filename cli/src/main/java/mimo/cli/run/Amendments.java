package mimo.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mimo.compose.Amendment;
import mimo.compose.ComposeWorkflow;
import org.jspecify.annotations.Nullable;

/// Keeps with a fork's options what one of its steps is asked instead (D38).
final class Amendments {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEMBER = "amendment";

  private Amendments() {}

  /// The options with an amendment in them.
  static String into(String options, @Nullable Amendment amendment) {
    if (amendment == null) {
      return options;
    }
    var json = object(options);
    json.putObject(MEMBER).put("step", amendment.step()).put("prompt", amendment.prompt());
    return json.toString();
  }

  static Optional<Amendment> of(String options) {
    return Optional.ofNullable(object(options).get(MEMBER))
        .map(found -> new Amendment(found.path("step").asInt(), found.path("prompt").asText()));
  }

  /// The workflow with the amendment of the options it was launched with.
  static ComposeWorkflow applied(String options, ComposeWorkflow workflow) {
    return of(options).map(workflow::with).orElse(workflow);
  }

  private static ObjectNode object(String options) {
    try {
      return (ObjectNode) JSON.readTree(options);
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException("run options are no JSON: " + options, failure);
    }
  }
}
