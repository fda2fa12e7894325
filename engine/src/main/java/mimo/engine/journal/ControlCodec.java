package mimo.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import mimo.engine.Asked;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.RunId;
import mimo.engine.journal.ControlBox.Posted;
import mimo.engine.redaction.Redactor;

/// Turns control requests and what became of them into the texts that are stored, redacted, and
/// back. Thread-safe if its redactor is.
public final class ControlCodec {

  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private final Redactor redactor;

  /// @param redactor of the run that is asked
  public ControlCodec(Redactor redactor) {
    this.redactor = redactor;
  }

  /// The body of a request.
  ///
  /// @throws IllegalArgumentException if an answer's value is not JSON
  public String encode(ControlRequest request, String who, Instant at) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("v", VERSION)
            .put("request", request.word())
            .put("who", redactor.clean(who))
            .put("at", at.toString());
    switch (request) {
      case ControlRequest.Pause _, ControlRequest.Cancel _ -> {}
      case ControlRequest.StopAgent step -> step(body, step);
      case ControlRequest.RetryAgent step -> step(body, step);
      case ControlRequest.Answer answer -> {
        step(body, answer);
        body.put("value", redactor.cleanJson(answer.value()));
        body.put("by", redactor.clean(answer.who()));
        body.put("channel", redactor.clean(answer.channel()));
      }
    }
    return WellFormed.json(body.toString());
  }

  private static void step(ObjectNode body, ControlRequest.OfStep step) {
    body.put("generation", step.generation()).put("seq", step.seq());
  }

  /// Reads a request back.
  ///
  /// @throws StoreFailure `store_corrupt` if it is no request this version knows
  public static Asked decode(Posted posted) {
    try {
      var body = JSON.readTree(posted.body());
      return new Asked(
          posted.id(),
          new RunId(posted.stream().name()),
          request(body),
          body.path("who").asText(),
          Instant.parse(body.path("at").asText()));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new StoreFailure(
          "store_corrupt",
          "request %d to %s cannot be read: %s"
              .formatted(posted.id(), posted.stream(), e.getMessage()),
          e);
    }
  }

  private static ControlRequest request(JsonNode body) {
    var generation = body.path("generation").asInt();
    var seq = body.path("seq").asInt();
    var word = body.path("request").asText();
    return switch (word) {
      case ControlRequest.Pause.WORD -> new ControlRequest.Pause();
      case ControlRequest.Cancel.WORD -> new ControlRequest.Cancel();
      case ControlRequest.StopAgent.WORD -> new ControlRequest.StopAgent(generation, seq);
      case ControlRequest.RetryAgent.WORD -> new ControlRequest.RetryAgent(generation, seq);
      case ControlRequest.Answer.WORD ->
          new ControlRequest.Answer(
              generation,
              seq,
              body.path("value").asText(),
              body.path("by").asText(),
              body.path("channel").asText());
      default -> throw new IllegalArgumentException("nobody knows the request '" + word + "'");
    };
  }

  /// What became of a request, as it is stored.
  ///
  /// @throws IllegalArgumentException for one that is still open
  public String encode(ControlOutcome outcome) {
    var body = JsonNodeFactory.instance.objectNode().put("v", VERSION);
    switch (outcome) {
      case ControlOutcome.Open() ->
          throw new IllegalArgumentException("nothing became of an open request yet");
      case ControlOutcome.Applied() -> body.put("applied", true);
      case ControlOutcome.Refused(var code, var message) ->
          body.put("code", code).put("message", redactor.clean(message));
    }
    return WellFormed.json(body.toString());
  }

  /// Reads an outcome back.
  ///
  /// @throws StoreFailure `store_corrupt` if it is none
  public static ControlOutcome outcome(String text) {
    try {
      var body = JSON.readTree(text);
      return body.path("applied").asBoolean()
          ? new ControlOutcome.Applied()
          : new ControlOutcome.Refused(body.path("code").asText(), body.path("message").asText());
    } catch (JsonProcessingException e) {
      throw new StoreFailure("store_corrupt", "the outcome of a request cannot be read: " + e, e);
    }
  }
}
