package mimo.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of RFC 8785, and the corners next to them (D8).
final class CanonicalJsonTest {

  @Test
  void writesTheExampleOfTheRfc() {
    var text =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;

    assertEquals(
        "{\"literals\":[null,true,false],"
            + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        CanonicalJson.of(text));
  }

  @Test
  void sortsNamesByTheirUtf16Units() {
    var text =
        """
        {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet",
         "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
         "\\u00f6": "Latin Small Letter O With Diaeresis"}
        """;

    assertEquals(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
            + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet\"}",
        CanonicalJson.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void printsNumbersAsEcmaScriptDoes(String bits, String text) {
    var number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

    assertEquals(text, EcmaNumber.text(number));
  }

  @Test
  void escapesControlCharactersAndLoneSurrogatesOnly() {
    assertEquals(
        "\"\\b\\t\\n\\f\\r\\u0001\u007f/é\\ud83d\"",
        CanonicalJson.of("\"\\b\\t\\n\\f\\r\\u0001\\u007f\\/é\\ud83d\""));
  }

  @Test
  void keepsEmptyContainersAndNesting() {
    assertEquals(
        "{\"a\":[],\"b\":{\"c\":[{},1]}}",
        CanonicalJson.of("{ \"b\": {\"c\":[{}, 1.0]}, \"a\":[] }"));
  }

  @Test
  void refusesWhatIsNotOneJsonValue() {
    for (var text : new String[] {"", "{", "{} {}", "{\"a\":1,\"a\":2}", "NaN", "1e999", "'a'"}) {
      assertThrows(IllegalArgumentException.class, () -> CanonicalJson.of(text), text);
    }
  }

  @Test
  void givesEqualKeysToEqualValuesOnlyD30() {
    assertEquals(ContentKeys.of("{\"a\":1,\"b\":2}"), ContentKeys.of("{\"b\": 2.0, \"a\": 1}"));
    assertNotEquals(ContentKeys.of("{\"a\":1}"), ContentKeys.of("{\"a\":2}"));
  }
}
