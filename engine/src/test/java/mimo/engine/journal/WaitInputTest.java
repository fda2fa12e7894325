package mimo.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import mimo.engine.Gate;
import mimo.engine.Gate.Unattended;
import org.junit.jupiter.api.Test;

/// What timers and gates are asked for (D51, D53).
final class WaitInputTest {

  @Test
  void readsHowLongATimerRuns() {
    assertEquals(Duration.ZERO, WaitInput.delay("{\"ms\":0}"));
    assertEquals(Duration.ofDays(366), WaitInput.delay("{\"ms\":31622400000,\"why\":\"rest\"}"));
  }

  @Test
  void refusesADelayThatIsNone() {
    var bad =
        Map.of(
            "{}", "timer input {} has no 'ms'",
            "{\"ms\":-1}", "ms is -1; it must be from 0 to 31622400000",
            "{\"ms\":31622400001}", "ms is 31622400001; it must be from 0 to 31622400000",
            "{\"ms\":1.5}", "ms is 1.5; it must be from 0 to 31622400000",
            "{\"ms\":\"1\"}", "ms is \"1\"; it must be from 0 to 31622400000",
            "{\"ms\":18446744073709551616}",
                "ms is 18446744073709551616; it must be from 0 to 31622400000",
            "soon", "input soon is no JSON");

    bad.forEach((input, message) -> {
      var refused = assertThrows(IllegalArgumentException.class, () -> WaitInput.delay(input));
      assertEquals(message, refused.getMessage());
    });
  }

  @Test
  void readsWhatAGateAsks() {
    assertEquals(
        new Gate("Go?", "{}", null, null, Unattended.WAITS),
        WaitInput.gate("{\"question\":\"Go?\",\"schema\":{}}"));
    assertEquals(
        new Gate("Go?", "[1]", "null", Duration.ofMillis(5), Unattended.FALLS_BACK),
        WaitInput.gate(
            "{\"question\":\"Go?\",\"schema\":[1],\"default\":null,\"timeoutMs\":5,"
                + "\"unattended\":\"falls_back\"}"));
  }

  @Test
  void refusesAGateWithoutAQuestionOrASchema() {
    for (var input :
        List.of("{\"schema\":{}}", "{\"question\":1,\"schema\":{}}", "{\"question\":\"Go?\"}")) {
      var refused = assertThrows(IllegalArgumentException.class, () -> WaitInput.gate(input));
      assertEquals("gate input " + input + " needs a question and a schema", refused.getMessage());
    }
  }
}
