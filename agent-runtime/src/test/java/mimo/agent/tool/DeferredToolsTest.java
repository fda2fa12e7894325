package mimo.agent.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mimo.agent.json.Json;
import mimo.agent.message.Content.ToolCall;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;

/// Tools that are not listed with each request (A35).
final class DeferredToolsTest {

  private final Toolbox box =
      Toolbox.of(List.of(tool("read", "Shows a file."), tool("webfetch", "Gets a page.")))
          .listing("read"::equals);

  private static Tool tool(String name, String description) {
    var spec = new ToolSpec(name, description, "{\"properties\":{}}", ToolSpec.Effect.READS);
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public Result run(ObjectNode input, CancellationToken cancellation) {
        return Result.ok(name);
      }
    };
  }

  private static ToolCall meant(String arguments) {
    return DeferredTools.meant(new ToolCall("a", "tools", arguments));
  }

  private Tool.Result find(String arguments) throws InterruptedException {
    var tools = box.find("tools").orElseThrow();
    return tools.run((ObjectNode) Json.parse(arguments), CancellationToken.never());
  }

  @Test
  void aModelIsToldOfTheListedToolsAndOfTheWayToTheOthers() {
    assertEquals(List.of("read", "tools"), box.specs().stream().map(ToolSpec::name).toList());
    assertEquals(List.of("read", "webfetch"), box.names());
    assertTrue(box.find("webfetch").isPresent());
  }

  @Test
  void whereAllAreListedThereIsNoWay() {
    var plain = box.only("read"::equals);

    assertEquals(List.of("read"), plain.specs().stream().map(ToolSpec::name).toList());
    assertTrue(plain.find("tools").isEmpty());
  }

  @Test
  void aCallThroughItIsTheCallWithinIt() {
    assertEquals(
        new ToolCall("a", "webfetch", "{\"url\":\"https://a.example\"}"),
        meant(
            """
            {"action":"call","name":"webfetch","arguments":{"url":"https://a.example"}}\
            """));
    assertEquals(
        new ToolCall("a", "webfetch", "{\"url\":1}"),
        meant("{\"action\":\"call\",\"name\":\"webfetch\",\"arguments\":\"{\\\"url\\\":1}\"}"));
    assertEquals(
        new ToolCall("a", "webfetch", "{}"), meant("{\"action\":\"call\",\"name\":\"webfetch\"}"));
  }

  @Test
  void whatContainsNoCallStaysWhatItIs() {
    for (var arguments :
        List.of(
            "{\"action\":\"find\"}",
            "{\"action\":\"call\"}",
            "{\"action\":\"call\",\"name\":\"tools\"}",
            "{\"action\":\"call\",\"na",
            "")) {
      assertEquals(new ToolCall("a", "tools", arguments), meant(arguments));
    }
  }

  @Test
  void findShowsTheArgumentsOfWhatFits() throws Exception {
    var webfetch = "webfetch: Gets a page.\narguments: {\"properties\":{}}";

    assertEquals(Tool.Result.ok(webfetch), find("{\"action\":\"find\",\"query\":\"PAGE\"}"));
    assertEquals(Tool.Result.ok(webfetch), find("{\"action\":\"find\"}"));
    assertEquals(
        Tool.Result.ok("Nothing fits. There are:\n\n" + webfetch),
        find("{\"action\":\"find\",\"query\":\"database\"}"));
    assertEquals(
        Tool.Result.error("'name' must be that of a tool; find shows which there are"),
        find("{\"action\":\"call\"}"));
  }
}
