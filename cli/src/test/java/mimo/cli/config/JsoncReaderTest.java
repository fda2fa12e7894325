package mimo.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import mimo.cli.error.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsoncReaderTest {

  private static final ObjectMapper JUDGE =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "[1] ~ 1:1 ~ a configuration is one object, { … }; found '['",
        "{} {} ~ 1:4 ~ nothing may follow the object; found '{'",
        "{⏎  \"model\" \"a\"⏎} ~ 2:11 ~ after the key 'model' comes a ':'; found '\"'",
        "{model: 1} ~ 1:2 ~ a key stands in double quotes; found 'm'",
        "{'a': 1} ~ 1:2 ~ a key stands in double quotes; found '''",
        "{\"a\": 1 \"b\": 2} ~ 1:9 ~ between two keys stands a ','; found '\"'",
        "{\"a\": [1 2]} ~ 1:10 ~ between two values stands a ','; found '2'",
        "{\"a\": yes} ~ 1:7 ~ 'yes' is no value; a string stands in double quotes",
        "{\"a\": 01} ~ 1:7 ~ '01' is no value; a string stands in double quotes",
        "{\"a\": } ~ 1:7 ~ expected a value; found '}'",
        "{\"a\": ,} ~ 1:7 ~ expected a value; found ','",
        "{\"a\": \"b ~ 1:7 ~ this string has no closing quote in its line",
        "{\"a\": \"b⏎\"} ~ 1:7 ~ this string has no closing quote in its line",
        "{\"a\": \"b⇥\"} ~ 1:9 ~ a string cannot hold the character U+0009; write \\u0009",
        "{\"a\": \"C:\\dir\"} ~ 1:10 ~ JSON knows no such escape; write \\\\ for a backslash",
        "{\"a\": \"\\u12\"} ~ 1:8 ~ JSON knows no such escape; write \\\\ for a backslash",
        "{⏎\"a\": {⏎\"b\": 1 ~ 2:6 ~ this object is never closed",
        "{\"a\": [1, ~ 1:7 ~ this list is never closed",
        "{\"a\" ~ 1:1 ~ this object is never closed",
        "{\"a\": ~ 1:1 ~ this object is never closed",
        "{ /* open ~ 1:3 ~ this comment has no end, */",
        "{⏎\"a\": 1,⏎\"a\": 2} ~ 3:1 ~ the key 'a' stands twice in one object, first in line 2",
        "{\"a\": /1} ~ 1:7 ~ expected a value; found '/'",
      })
  void saysInOurWordsWhereAndWhatIsWrong(String text, String place, String message) {
    var json = text.replace('⏎', '\n').replace('⇥', '\t');

    var failure = assertThrows(CommandException.class, () -> JsoncReader.read("f", json)).failure();

    assertEquals("config_invalid", failure.code());
    assertEquals("f:" + place + " " + message, failure.position() + " " + failure.message());
    assertEquals(json, failure.source());
  }

  @Test
  void readsEscapesCommentsAndAByteOrderMark() {
    var section =
        JsoncReader.read(
            "f",
            "\uFEFF// first\r\n"
                + "{\"a\\n\": \"\\u00e9\\\"\\/\\b\\f\\r\\t\\\\\", /* b */ \"l\": [{}, [],],}");

    assertEquals(
        List.of("a\n=é\"/\b\f\r\t\\", "l=a list"),
        section.members().stream().map(JsoncReaderTest::text).toList());
    assertEquals("f:2:2", section.members().getFirst().position().toString());
  }

  @Test
  void takesAnEmptyTextForAnEmptyObject() {
    assertEquals(List.of(), JsoncReader.read("f", " // nothing yet").members());
  }

  @Test
  void refusesWhatNestsWithoutEnd() {
    var failure =
        assertThrows(
            CommandException.class, () -> JsoncReader.read("f", "{\"a\":" + "[".repeat(100_000)));

    assertEquals("no configuration nests more than 32 levels deep", failure.getMessage());
  }

  /// Jackson, with the same two liberties, judges what is JSON and what it says.
  @Test
  void acceptsExactlyWhatTheJudgeAccepts() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      var text = randomText(random);
      String judged;
      try {
        judged = shape(JUDGE.readTree(text));
      } catch (JsonProcessingException refused) {
        judged = "refused";
      }
      String ours;
      try {
        ours = shape(JsoncReader.read("f", text));
        accepted++;
      } catch (CommandException refused) {
        ours = "refused";
      }
      assertEquals(judged, ours, "seed " + seed + ", text " + text);
    }
    assertTrue(accepted > 500, "only " + accepted + " of the texts were JSON, seed " + seed);
  }

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"a\"",
          "\"b\"",
          "1",
          "-0.5e3",
          "true",
          "null",
          " ",
          "\n",
          "// c\n",
          "/* d */",
          "\"\\u0041\"",
          "\"\\x\"",
          "01",
          "+1",
          "nul");

  /// A configuration of random members, now and then with a piece exchanged.
  private static String randomText(Random random) {
    var pieces = new java.util.ArrayList<String>();
    pieces.add("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      pieces.add(random.nextInt(8) == 0 ? "\"a\"" : "\"k" + i + "\"");
      pieces.add(":");
      pieces.add(
          switch (random.nextInt(4)) {
            case 0 -> "{\"a\": {}, }";
            case 1 -> "[1, [], \"x\"]";
            case 2 -> "\"text\"";
            case 3 -> "-12.50";
            default -> throw new IllegalStateException();
          });
      pieces.add(",");
    }
    pieces.add("}");
    for (int i = random.nextInt(3); i > 0; i--) {
      pieces.set(random.nextInt(1, pieces.size()), PIECES.get(random.nextInt(PIECES.size())));
    }
    return String.join(random.nextBoolean() ? "" : " ", pieces);
  }

  private static String shape(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Section section ->
          section.members().stream()
              .map(member -> member.name() + "=" + shape(member.value()))
              .collect(Collectors.joining(",", "{", "}"));
      case ConfigNode.Text(var value, var position) -> "'" + value + "'";
      case ConfigNode.Digits(var value, var position) ->
          new java.math.BigDecimal(value).stripTrailingZeros().toString();
      case ConfigNode.Items(var items, var position) -> "a list";
      case ConfigNode.Flag(var value, var position) -> String.valueOf(value);
      case ConfigNode.Other(var kind, var position) -> kind;
    };
  }

  private static String shape(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT ->
          node.properties().stream()
              .map(member -> member.getKey() + "=" + shape(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case STRING -> "'" + node.textValue() + "'";
      case NUMBER -> node.decimalValue().stripTrailingZeros().toString();
      case ARRAY -> "a list";
      case BOOLEAN, NULL -> node.asText();
      default -> "refused";
    };
  }

  private static String text(ConfigNode.Member member) {
    return member.name()
        + "="
        + (member.value() instanceof ConfigNode.Text(var value, var position)
            ? value
            : member.value().kindWord());
  }
}
