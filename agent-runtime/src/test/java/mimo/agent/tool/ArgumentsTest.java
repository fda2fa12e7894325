package mimo.agent.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import org.junit.jupiter.api.Test;

/// A28, A42.
class ArgumentsTest {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "look",
          "Looks.",
          """
          {"type":"object","properties":{"file_path":{"type":"string"},\
          "offset":{"type":"integer","minimum":1},"all":{"type":"boolean"}},\
          "required":["file_path"]}\
          """,
          ToolSpec.Effect.READS);

  @Test
  void takesCamelCaseNames() {
    assertEquals(
        fit("{\"file_path\":\"a\",\"offset\":2}"), read("{\"filePath\":\"a\",\"offset\":2}"));
  }

  @Test
  void takesOneValueGivenTwice() {
    assertEquals(fit("{\"file_path\":\"a\"}"), read("{\"filePath\":\"a\",\"file_path\":\"a\"}"));
    assertEquals(
        unfit("'file_path' is given twice, with different values"),
        read("{\"filePath\":\"a\",\"file_path\":\"b\"}"));
  }

  @Test
  void namesTheNearestOfAnUnknownArgument() {
    assertEquals(
        unfit(
            "look has no argument 'ofset'; did you mean 'offset'? It takes file_path, offset, "
                + "all."),
        read("{\"file_path\":\"a\",\"ofset\":1}"));
  }

  @Test
  void takesNothingAsAnEmptyObject() {
    assertEquals(unfit("look: 'file_path' is missing"), read(""));
    assertEquals(unfit("look: 'file_path' is missing"), read(" \n"));
  }

  @Test
  void refusesWrongTypesAndBounds() {
    assertEquals(unfit("look: 'file_path' must be a string"), read("{\"file_path\":1}"));
    assertEquals(
        unfit("look: 'offset' must be an integer"), read("{\"file_path\":\"a\",\"offset\":1.5}"));
    assertEquals(
        unfit("look: 'offset' must be at least 1"), read("{\"file_path\":\"a\",\"offset\":0}"));
    assertEquals(
        unfit("look: 'all' must be a boolean"), read("{\"file_path\":\"a\",\"all\":\"yes\"}"));
  }

  @Test
  void refusesWhatIsNoCompleteObject() {
    assertEquals(unfit("the arguments must be a JSON object"), read("[1]"));
    assertEquals(
        unfit(
            "the arguments are no complete JSON, so nothing was run: Unexpected end-of-input: "
                + "was expecting closing quote for a string value (line 1, column 16)"),
        read("{\"file_path\":\"a"));
    assertEquals(
        unfit("the arguments have more than 1048576 characters"),
        read("{\"file_path\":\"" + "a".repeat(AgentLimits.ARGUMENT_CHARS) + "\"}"));
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertEquals(
        unfit(
            "the arguments are no complete JSON, so nothing was run: Duplicate field 'file_path' "
                + "(line 1, column 29)"),
        read("{\"file_path\":\"a\",\"file_path\":\"b\"}"));
  }

  private static Arguments read(String text) {
    return Arguments.read(SPEC, text);
  }

  private static Arguments fit(String json) {
    return new Arguments.Fit((com.fasterxml.jackson.databind.node.ObjectNode) Json.parse(json));
  }

  private static Arguments unfit(String fault) {
    return new Arguments.Unfit(fault);
  }
}
