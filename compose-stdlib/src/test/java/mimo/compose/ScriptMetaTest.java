package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a script may say about itself (L6).
final class ScriptMetaTest {

  @Test
  void readsTheKnownKeysAndIgnoresTheOthers() {
    var meta =
        ScriptMeta.parse(
            """
            {"name":"n","description":"d","whenToUse":"w","model":"offline","budget":"200k",
             "phases":["A",{"title":"B","detail":"x"}],"colour":"red"}
            """);

    assertEquals(
        new ScriptMeta(
            "n",
            "d",
            "w",
            List.of("A", "B"),
            Optional.of("offline"),
            Optional.of(SpendingLimit.tokens(200_000))),
        meta);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name | {"description":"d"} | a non-empty string; found none
          name | {"name":" ","description":"d"} | a non-empty string; found " "
          description | {"name":"n","description":7} | a string; found 7
          phases | {"name":"n","description":"d","phases":"A"} | an array; found "A"
          phases | {"name":"n","description":"d","phases":[1]} |\
           strings, or objects with a title; found 1
          model | {"name":"n","description":"d","model":[]} | a string; found []
          """)
  void saysWhichKeyIsWrong(String key, String json, String message) {
    var failure = assertThrows(ComposeException.class, () -> ScriptMeta.parse(json));

    assertEquals("script_invalid", failure.code());
    assertEquals("meta." + key + " must be " + message, failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "200000, TOKENS, 200000",
    "200k, TOKENS, 200000",
    "1.5M, TOKENS, 1500000",
    "1.50usd, USD, 1500000",
    "2$, USD, 2000000"
  })
  void readsSpendingLimits(String text, SpendingLimit.Unit unit, long amount) {
    assertEquals(new SpendingLimit(unit, amount), SpendingLimit.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"''", "much", "-1", "1e9", "5eur", "1k5"})
  void refusesOtherForms(String text) {
    var failure = assertThrows(ComposeException.class, () -> SpendingLimit.parse(text));

    assertEquals("bad_argument", failure.code());
  }
}
