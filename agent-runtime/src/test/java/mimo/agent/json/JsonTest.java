package mimo.agent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{", "[1,]", "1 2", "{\"a\":1,\"a\":2}", "'a'", "NaN", "01"})
  void refusesWhatIsNotOneValue(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
  }

  @Test
  void refusesNumbersNobodyCanComputeWith() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Json.parse("[{\"a\":1e999999999}]"));

    assertEquals("the number 1E+999999999 is out of range", refused.getMessage());
  }

  @Test
  void refusesWhatNestsTooDeep() {
    assertThrows(
        IllegalArgumentException.class, () -> Json.parse("[".repeat(300) + "]".repeat(300)));
  }

  @Test
  void keepsNumbersAsTheyWereWritten() {
    var text = "[1,-0.5,1.1,12345678901234567890]";

    assertEquals(text, Json.write(Json.parse(text)));
  }

  @Test
  void quotesText() {
    assertEquals("\"a\\\"b\\n\"", Json.quote("a\"b\n"));
  }
}
