package mimo.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mimo.engine.Asked;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.RunId;
import mimo.engine.journal.ControlBox.Posted;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import org.junit.jupiter.api.Test;

/// What people ask of a run, as it is stored (D45).
final class ControlCodecTest {

  private static final RunId RUN = new RunId("00112233aabb");
  private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123Z");
  private static final String SECRET = "hunter2-hunter2";

  private final ControlCodec codec =
      new ControlCodec(new SecretRedactor(new LiveValues(List.of(SECRET)), "00ff"));

  private static Posted posted(String body) {
    return new Posted(7, StreamId.run(RUN), body);
  }

  private static List<ControlRequest> everyRequest(String text) {
    return List.of(
        new ControlRequest.Pause(),
        new ControlRequest.Cancel(),
        new ControlRequest.StopAgent(1, 4),
        new ControlRequest.RetryAgent(2, 5),
        new ControlRequest.Answer(3, 6, "{\"text\":\"" + text + "\"}", text, "cli"));
  }

  @Test
  void readsEveryRequestBackAsItWasAskedD45() {
    for (var request : everyRequest("yes")) {
      var body = codec.encode(request, "ada", AT);

      assertEquals(new Asked(7, RUN, request, "ada", AT), ControlCodec.decode(posted(body)));
    }
  }

  @Test
  void storesNoSecretThatSomebodyTypesIntoARequestM10() {
    for (var request : everyRequest(SECRET)) {
      var body = codec.encode(request, "ada " + SECRET, AT);

      assertFalse(body.contains(SECRET), body);
    }
    var refused = codec.encode(new ControlOutcome.Refused("no_gate", "not " + SECRET));
    assertFalse(refused.contains(SECRET), refused);
  }

  @Test
  void readsEveryOutcomeBackAndStoresNoneThatIsOpen() {
    for (var outcome :
        List.of(new ControlOutcome.Applied(), new ControlOutcome.Refused("delivered", "Over."))) {
      assertEquals(outcome, ControlCodec.outcome(codec.encode(outcome)));
    }
    var refused =
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new ControlOutcome.Open()));
    assertEquals("nothing became of an open request yet", refused.getMessage());
  }

  @Test
  void refusesWhatIsNoRequest() {
    var bad =
        Map.of(
            "{\"v\":1,\"request\":\"dance\"}", "nobody knows the request 'dance'",
            "{\"v\":1,\"request\":\"pause\",\"at\":\"noon\"}",
                "Text 'noon' could not be parsed at index 0");

    bad.forEach((body, why) -> {
      var refused = assertThrows(StoreFailure.class, () -> ControlCodec.decode(posted(body)));
      assertEquals("store_corrupt", refused.code());
      assertEquals("request 7 to run/00112233aabb cannot be read: " + why, refused.getMessage());
    });
    for (var text : List.of("{", "pause")) {
      var request = assertThrows(StoreFailure.class, () -> ControlCodec.decode(posted(text)));
      var outcome = assertThrows(StoreFailure.class, () -> ControlCodec.outcome(text));
      assertEquals("store_corrupt", request.code());
      assertEquals("store_corrupt", outcome.code());
    }
  }

  @Test
  void refusesAnAnswerThatIsNotJson() {
    var answer = new ControlRequest.Answer(0, 1, "yes, please", "ada", "cli");

    assertThrows(IllegalArgumentException.class, () -> codec.encode(answer, "ada", AT));
  }
}
