package mimo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What people are asked, and what they mean (L52, L53, A83).
final class GateWordsTest {

  private static final String COLORS = "{\"enum\":[\"red\",\"blue\",3]}";

  private static List<String> meanings(String schema, String... typed) {
    var words = new GateWords("?", schema, null);
    return Stream.of(typed).map(words::meaning).toList();
  }

  @Test
  void yesAndNoAreWordsOrLetters() {
    assertEquals(
        List.of("true", "true", "false", "false", "\"maybe\""),
        meanings("{\"type\":\"boolean\"}", "y", " YES ", "n", "false", "maybe"));
  }

  @Test
  void aChoiceIsItsWordsOrItsNumber() {
    assertEquals(
        List.of("\"red\"", "\"blue\"", "3", "\"green\"", "9"),
        meanings(COLORS, "red", "2", "3", "green", "9"));
  }

  @Test
  void aTextIsWhatIsTypedAndDataIsJson() {
    assertEquals(
        List.of("\"a b\"", "\"12\"", "\"d\""),
        meanings("{\"type\":\"string\"}", "a b", "12", "\"d\""));
    assertEquals(
        List.of("12", "{\"a\":1}", "\"a b\""),
        meanings("{\"type\":\"object\"}", "12", "{\"a\": 1}", "a b"));
  }

  @Test
  void nothingTypedIsTheDefaultWhereThereIsOne() {
    var words = new GateWords("Ship it?", "{\"type\":\"boolean\"}", "false");

    assertEquals("false", words.meaning(""));
    assertEquals(
        List.of("Ship it?", "y or n, Enter for false; d leaves it for later"), words.lines());
  }

  @Test
  void choicesAreCounted() {
    assertEquals(
        List.of(
            "Which?",
            "  1  red",
            "  2  blue",
            "  3  3",
            "a number or the words; d leaves it for later"),
        new GateWords("Which?", COLORS, null).lines());
  }
}
