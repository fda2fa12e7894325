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
          {"description":"d"}                          | meta.name must be a non-empty string; found none
          {"name":" ","description":"d"}               | meta.name must be a non-empty string; found " "
          {"name":"n","description":7}                 | meta.description must be a string; found 7
          {"name":"n","description":"d","phases":"A"}  | meta.phases must be an array; found "A"
          {"name":"n","description":"d","phases":[1]}  | meta.phases must be strings, or objects with a title; found 1
          {"name":"n","description":"d","model":[]}    | meta.model must be a string; found []
          """)
  void saysWhichKeyIsWrong(String json, String message) {
    var failure = assertThrows(ComposeException.class, () -> ScriptMeta.parse(json));

    assertEquals("script_invalid: " + message, failure.code() + ": " + failure.getMessage());
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
