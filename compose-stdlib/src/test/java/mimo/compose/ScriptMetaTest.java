package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a script may say about itself (L6).
final class ScriptMetaTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void readsTheKnownKeysAndIgnoresTheOthers() {
    var meta =
        ScriptMeta.parse(
            """
            {"name":"n","description":"d","whenToUse":"w","model":"offline","budget":"200k",
             "dialect":"odw","phases":["A",{"title":"B","detail":"x"}],"colour":"red",
             "version":2,"tags":["t"],"permissions":[{"permission":"edit"},
             {"permission":"bash","patterns":["ls *"],"reason":"to look"}]}
            """);

    assertEquals(
        new ScriptMeta(
            "n",
            "d",
            "w",
            List.of("A", "B"),
            Optional.of("offline"),
            Optional.of(SpendingLimit.tokens(200_000)),
            Optional.of(Dialect.ODW),
            List.of(
                new PermissionRequest("edit", List.of(), ""),
                new PermissionRequest("bash", List.of("ls *"), "to look"))),
        meta);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name        | " " | a non-empty string; found " "
          description | 7   | a string; found 7
          phases      | "A" | an array; found "A"
          phases      | [1] | strings, or objects with a title; found 1
          phases      | [{"title":"","model":1}] | objects whose model is a string; found\
           {"title":"","model":1}
          model       | []  | a string; found []
          version     | []  | a string or a number; found []
          tags        | [1] | an array of strings; found [1]
          tags        | "a" | an array of strings; found "a"
          permissions | {}  | an array; found {}
          permissions | [{}] | objects with a permission; found {}
          dialect     | "x" | "claude", "mimocode" or "odw"; found "x"
          """)
  void saysWhichKeyIsWrong(String key, String value, String message) {
    var meta = JSON.objectNode().put("name", "n").put("description", "d");
    var json = meta.putRawValue(key, new RawValue(value)).toString();

    var failure = assertThrows(ComposeException.class, () -> ScriptMeta.parse(json));

    assertEquals("script_invalid", failure.code());
    assertEquals("meta." + key + " must be " + message, failure.getMessage());
  }

  @Test
  void aNameIsRequiredL6() {
    var failure =
        assertThrows(ComposeException.class, () -> ScriptMeta.parse("{\"description\":\"d\"}"));

    assertEquals("meta.name must be a non-empty string; found none", failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "1.5", "100000000000000000000", "true"})
  void refusesABudgetThatCannotBeCounted(String budget) {
    var json = "{\"name\":\"n\",\"description\":\"d\",\"budget\":" + budget + "}";

    var failure = assertThrows(ComposeException.class, () -> ScriptMeta.parse(json));

    assertEquals(
        "meta.budget must be a number of tokens, or a text such as \"200k\" or \"1.5usd\"; found "
            + budget,
        failure.getMessage());
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
