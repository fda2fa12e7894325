package mimo.agent.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// L88–L92.
class AnswerSchemaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"strng"} \
          | schema at /type: "strng" is no type; types are null, boolean, object, array, \
          number, integer, string
          {"type":[]} | schema at /type: must name at least one type
          {"enum":[]} | schema at /enum: must be a list, not empty
          {"minimum":3,"maximum":2} | schema: no number lies between 3 and 2
          {"exclusiveMinimum":2,"maximum":2} | schema: no number lies between 2 and 2
          {"type":"integer","minimum":1.2,"maximum":1.8} \
          | schema: no integer lies between 1.2 and 1.8
          {"minLength":3,"maxLength":2} | schema: minLength 3 is more than 2, the most allowed
          {"minItems":3,"maxItems":2} | schema: minItems 3 is more than 2, the most allowed
          {"minItems":2,"prefixItems":[true],"items":false} \
          | schema: minItems 2 is more than 1, the most allowed
          {"allOf":[{"type":"string"},{"type":"number"}]} | schema: its types exclude each other
          {"type":"string","allOf":[{"$ref":"#/$defs/n"}],"$defs":{"n":{"type":"null"}}} \
          | schema: its types exclude each other
          {"type":"string","enum":[1,2]} | schema: no value of enum and const is left
          {"const":1,"enum":[2]} | schema: no value of enum and const is left
          {"allOf":[{"const":1},{"const":2}]} | schema: no value of enum and const is left
          {"required":["a"],"additionalProperties":false} | schema: 'a' is required and ruled out
          {"required":["a"],"properties":{"a":false}} | schema: 'a' is required and ruled out
          {"properties":{"x":{"required":["b"],"patternProperties":{"^a":true},\
          "additionalProperties":false}}} | schema at /properties/x: 'b' is required and ruled out
          {"not":{}} | schema: 'not' excludes every value
          {"not":true} | schema: 'not' excludes every value
          false | schema: 'false' allows no value
          {"pattern":"a("} \
          | schema at /pattern: pattern 'a(' cannot be used: error parsing regexp: missing \
          closing ): `a(`
          {"pattern":"(?=a)b"} \
          | schema at /pattern: pattern '(?=a)b' cannot be used: error parsing regexp: invalid \
          or unsupported Perl syntax: `(?=`
          {"pattern":"((a{100}){100}){100}"} \
          | schema at /pattern: pattern '((a{100}){100}){100}' is too costly: at most 1000 \
          characters and repeat counts up to 10000 in all
          {"$ref":"#"} | schema: $ref leads back to itself without end
          {"properties":{"a":{"$ref":"#/$defs/x"}},\
          "$defs":{"x":{"anyOf":[{"$ref":"#/$defs/x"}]}}} \
          | schema at /properties/a: $ref leads back to itself without end
          {"type":"object","required":["next"],"properties":{"next":{"$ref":"#"}}} \
          | schema: $ref asks for a value inside a value without end
          {"type":"array","minItems":1,"items":{"$ref":"#"}} \
          | schema: $ref asks for a value inside a value without end
          {"$ref":"https://example.org/s.json"} \
          | schema at /$ref: "https://example.org/s.json" leads out of the schema; only '#/…' \
          is followed, nothing is ever fetched
          {"$ref":"other.json#/a"} \
          | schema at /$ref: "other.json#/a" leads out of the schema; only '#/…' is followed, \
          nothing is ever fetched
          {"$ref":"#/$defs/none"} | schema: "#/$defs/none" leads to no schema
          {"properties":{"a":{"$id":"https://example.org"}}} \
          | schema at /properties/a: '$id' is not supported; use $defs and $ref
          {"minimum":"3"} | schema at /minimum: must be a number, found "3"
          {"multipleOf":0} | schema at /multipleOf: must be more than 0, found 0
          {"minLength":-1} | schema at /minLength: must be a whole number from 0, found -1
          {"required":"a"} | schema at /required: must be a list of names
          {"uniqueItems":1} | schema at /uniqueItems: must be true or false
          {"items":[{"type":"string"}]} \
          | schema at /items: must be an object or a boolean, found [{"type":"string"}]
          {"anyOf":[]} | schema at /anyOf: must be a list of schemas, not empty
          {"properties":[]} | schema at /properties: must be an object of schemas
          7 | schema: must be an object or a boolean, found 7
          """)
  void refusesBeforeAnySpend(String schema, String message) {
    assertEquals(new AnswerSchema.Reading.Invalid(message), AnswerSchema.read(Json.parse(schema)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "true",
        "{\"type\":[\"object\",\"null\"],\"required\":[\"n\"],"
            + "\"properties\":{\"n\":{\"$ref\":\"#\"}}}",
        "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}}}",
        "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}",
        "{\"not\":{\"enum\":[1],\"type\":\"string\"}}",
        "{\"type\":\"number\",\"enum\":[1,2.5]}",
        "{\"type\":\"integer\",\"const\":2.0}",
        "{\"allOf\":[{\"type\":\"number\"},{\"type\":\"integer\"}]}",
        "{\"required\":[\"ab\"],\"patternProperties\":{\"^a\":true},"
            + "\"additionalProperties\":false}",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$id\":\"x\","
            + "\"type\":\"object\"}",
        "{\"pattern\":\"^\\\\u00e9\\\\/(?<year>\\\\d{4})$\"}",
        "{\"x-note\":[1],\"format\":\"date\",\"default\":7}"
      })
  void takesWhatCanBeSatisfied(String schema) {
    assertInstanceOf(AnswerSchema.Reading.Usable.class, AnswerSchema.read(Json.parse(schema)));
  }

  @Test
  void refusesWhatIsTooLargeOrTooDeep() {
    var deep = "{\"items\":".repeat(40) + "{}" + "}".repeat(40);
    var large = "{\"title\":\"" + "x".repeat(AgentLimits.SCHEMA_CHARS) + "\"}";

    assertEquals(
        new AnswerSchema.Reading.Invalid(
            "schema at " + "/items".repeat(33) + ": nests deeper than 32 levels"),
        AnswerSchema.read(Json.parse(deep)));
    assertEquals(
        new AnswerSchema.Reading.Invalid("schema: has more than 65536 characters"),
        AnswerSchema.read(Json.parse(large)));
  }

  @Test
  void tellsEveryFaultWithItsPlace() {
    var schema =
        usable(
            """
            {"type":"object","required":["a","b"],"additionalProperties":false,
             "properties":{"a":{"type":"integer"},"b":{"type":"array","items":{"enum":["x"]}}}}\
            """);

    assertEquals(List.of(), schema.faults(Json.parse("{\"a\":1,\"b\":[\"x\"]}")));
    assertEquals(
        List.of(
            new Fault("/a", "string found, integer expected"),
            new Fault("/b/1", "does not have a value in the enumeration [\"x\"]"),
            new Fault(
                "",
                "property 'c' is not defined in the schema and the schema does not allow "
                    + "additional properties")),
        schema.faults(Json.parse("{\"a\":\"1\",\"b\":[\"x\",\"y\"],\"c\":0}")));
  }

  @Test
  void takesFormatAsAnAnnotationAndInjectsNoDefault() {
    var schema =
        usable(
            "{\"type\":\"object\",\"properties\":{\"d\":{\"format\":\"date\",\"default\":\"x\"}}}");
    var value = Json.parse("{\"d\":\"no date\"}");
    var empty = Json.parse("{}");

    assertEquals(List.of(), schema.faults(value));
    assertEquals(List.of(), schema.faults(empty));
    assertEquals(Json.parse("{}"), empty);
  }

  @Test
  void matchesPatternsInLinearTime() {
    var schema = usable("{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}");
    var value = Json.parse(Json.quote("a".repeat(100_000) + "!"));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertEquals(1, schema.faults(value).size()));
  }

  @Test
  void offersAnObjectAsTheToolsArguments() {
    var schema = usable("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");

    assertEquals("answer", schema.tool().name());
    assertEquals(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
        schema.tool().schema());
    assertEquals(Json.parse("{\"a\":\"x\"}"), schema.unwrap(Json.parse("{\"a\":\"x\"}")));
  }

  @Test
  void wrapsAnythingElse() {
    var schema =
        usable(
            "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/x\"},"
                + "\"$defs\":{\"x\":{\"type\":\"string\"}}}");

    assertEquals(
        "{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"array\",\"items\":"
            + "{\"$ref\":\"#/properties/value/$defs/x\"},\"$defs\":{\"x\":{\"type\":\"string\"}}}},"
            + "\"required\":[\"value\"],\"additionalProperties\":false}",
        schema.tool().schema());
    assertEquals(Json.parse("[\"x\"]"), schema.unwrap(Json.parse("{\"value\":[\"x\"]}")));
    assertThrows(
        IllegalArgumentException.class, () -> schema.unwrap(Json.parse("{\"values\":[]}")));
    assertInstanceOf(
        AnswerSchema.Reading.Usable.class, AnswerSchema.read(Json.parse(schema.tool().schema())));
  }

  @Test
  void findsBareAndFencedValuesAndNoProse() {
    assertEquals(Optional.of(Json.parse("{\"a\":1}")), AnswerText.find(" {\"a\":1}\n"));
    assertEquals(Optional.of(Json.parse("[1]")), AnswerText.find("```json\n[1]\n```"));
    assertEquals(Optional.empty(), AnswerText.find("Here it is:\n```json\n[1]\n```"));
    assertEquals(Optional.empty(), AnswerText.find("done"));
    assertEquals(Optional.empty(), AnswerText.find(""));
  }

  private static AnswerSchema usable(String schema) {
    var reading = AnswerSchema.read(Json.parse(schema));
    assertTrue(reading instanceof AnswerSchema.Reading.Usable, reading.toString());
    return ((AnswerSchema.Reading.Usable) reading).schema();
  }
}
