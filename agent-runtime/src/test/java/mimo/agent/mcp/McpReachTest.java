package mimo.agent.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import mimo.agent.McpLimits;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.json.Json;
import mimo.agent.message.Message.Status;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Shelter;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents reach of servers, and what they are allowed of it.
final class McpReachTest {

  private static final String READS =
      """
      [{"name":"look","description":"Looks.","inputSchema":{"type":"object"},\
      "annotations":{"readOnlyHint":true}},\
      {"name":"echo","description":"Says it again.","inputSchema":{"type":"object"}}]\
      """;

  @TempDir private Path folder;
  private final MockServer server = new MockServer();

  private McpStage stage(Shelter shelter) {
    return new McpStage(folder, server, Duration.ofSeconds(20), shelter);
  }

  @Test
  void aServerStartsWhenItIsFirstNeeded() throws Exception {
    try (var stage = stage(Shelter.SANDBOX)) {
      var specs = stage.box.specs();

      assertEquals(List.of("tools"), specs.stream().map(ToolSpec::name).toList());
      assertEquals(
          "Finds and calls tools that are not listed: those of the MCP servers mock. find shows"
              + " their arguments.",
          specs.getFirst().description());
      assertEquals(List.of("mcp__mock"), stage.box.names());
      assertEquals(0, server.starts());

      stage.find("");
      stage.echo();

      assertEquals(1, server.starts());
    }
  }

  @Test
  void aCallIsAskedForAndMayBeAllowedForEver() throws Exception {
    server.tools = READS;
    try (var stage = stage(Shelter.SANDBOX)) {
      for (var name : List.of("mcp__mock__look", McpStage.ECHO)) {
        var ruling = stage.ruling(stage.tool(name), Json.object());

        assertEquals(Decision.ASK, ruling.decision());
        assertEquals("mcp = ask (built in)", ruling.reason());
        assertEquals(List.of(new Grant("mcp", name)), ruling.always());
      }
      assertEquals(
          Decision.ALLOW,
          stage.ruled(Decision.ALLOW).ruling(stage.tool(McpStage.ECHO), Json.object()).decision());
    }
  }

  @Test
  void whoOnlyLooksGetsWhatIsDeclaredReadOnlyAlone() throws Exception {
    server.tools = READS;
    try (var stage = stage(Shelter.READ_ONLY_SANDBOX).ruled(Decision.ALLOW)) {
      var denied = stage.rulingOfALooker(stage.tool(McpStage.ECHO));

      assertEquals(Decision.DENY, denied.decision());
      assertEquals(
          "this agent only looks; mcp__mock__echo is not declared to be read-only",
          denied.reason());
      assertEquals(Decision.ALLOW, stage.rulingOfALooker(stage.tool("mcp__mock__look")).decision());
    }
  }

  @Test
  void withoutASandboxTheUserIsAskedBeforeAProgramStarts() throws Exception {
    try (var stage = stage(Shelter.NONE).ruled(Decision.ALLOW)) {
      assertTrue(
          stage
              .find("")
              .contains(
                  "(the server mock is a program that nothing confines here; it is started by a"
                      + " call of mcp__mock__(start), if the user allows it)"));
      assertTrue(stage.box.find(McpStage.ECHO).isEmpty());
      var start = stage.tool("mcp__mock__(start)");
      assertEquals(Decision.ASK, stage.ruling(start, Json.object()).decision());
      assertEquals(0, server.starts());

      assertEquals(
          "It runs. Its tools: mcp__mock__echo",
          start.run(Json.object(), CancellationToken.never()).text());

      var ruling = stage.ruling(stage.tool(McpStage.ECHO), Json.object());
      assertEquals(Decision.ASK, ruling.decision());
      assertEquals(
          "no sandbox confines local servers here, so each call is asked for and rules that allow"
              + " do not count",
          ruling.reason());
      assertEquals(List.of(), ruling.always());
    }
  }

  @Test
  void aToolNamedStartIsTheServersOwn() throws Exception {
    server.tools = "[{\"name\":\"start\",\"inputSchema\":{\"type\":\"object\"}}]";
    try (var stage = stage(Shelter.NONE)) {
      assertTrue(stage.box.find("mcp__mock__start").isEmpty());

      stage.tool("mcp__mock__(start)").run(Json.object(), CancellationToken.never());

      assertEquals("echo hi", stage.call("mcp__mock__start", "{\"text\":\"hi\"}").text());
    }
  }

  @Test
  void aFailedStartIsTriedOnceForAMessage() throws Exception {
    var dying =
        new MockServer(() ->
            new MockServer.Habits() {
              @Override
              boolean answers(String method, JsonNode message, MockServer.Life life) {
                life.die();
                return false;
              }
            });
    try (var stage = McpStage.over(folder, dying)) {
      for (int message = 1; message <= 3; message++) {
        stage.box.ready(Set.of(McpStage.ECHO), CancellationToken.never());
        for (int i = 0; i < 6; i++) {
          var lost = stage.box.find(McpStage.ECHO).orElseThrow();
          assertEquals(
              "mcp_server_failed: the server mock does not answer: it ended",
              lost.run(Json.object(), CancellationToken.never()).text());
        }
        assertEquals(message, dying.starts());
      }
    }
  }

  private static MockServer silent() {
    return new MockServer(() ->
        new MockServer.Habits() {
          @Override
          boolean answers(String method, JsonNode message, MockServer.Life life) {
            return false;
          }
        });
  }

  @Test
  void nobodyWaitsForAServerLongerThanTheyWant() throws Exception {
    var silent = silent();
    try (var stage = McpStage.over(folder, silent)) {
      for (int i = 0; i <= McpLimits.STARTS; i++) {
        var cancellation = new CancellationSource();
        var waiting =
            new FutureTask<>(() -> {
              stage.box.ready(Set.of(McpStage.ECHO), cancellation);
              return "ready";
            });
        Thread.ofVirtual().start(waiting);
        silent.await("initialize");
        silent.heard.clear();
        cancellation.cancel();

        var stopped = assertThrows(ExecutionException.class, waiting::get);

        assertTrue(
            stopped.toString().endsWith("cancelled while waiting for initialize"),
            stopped::toString);
      }
    }
  }

  @Test
  void theEndWaitsForNoServer() throws Exception {
    var silent = silent();
    var stage = McpStage.over(folder, silent);
    var waiting =
        new FutureTask<>(() -> {
          stage.box.ready(Set.of(McpStage.ECHO), CancellationToken.never());
          return stage.box.find(McpStage.ECHO).orElseThrow().spec().description();
        });
    Thread.ofVirtual().start(waiting);
    silent.await("initialize");

    stage.close();

    assertEquals("not there", waiting.get(20, TimeUnit.SECONDS));
  }

  @Test
  void whatServersOfferToBeReadIsAllowedServerByServer() throws Exception {
    try (var stage = stage(Shelter.SANDBOX)) {
      stage.find("");
      var input = Json.object().put("server", "mock");
      var resources = stage.tool("mcp_resources");
      var prompts = stage.tool("mcp_prompts");

      assertEquals(
          List.of(new Grant("mcp", "mcp__mock__resources")),
          stage.ruling(resources, input).always());
      assertEquals(
          List.of(new Grant("mcp", "mcp__mock__prompts")), stage.ruling(prompts, input).always());
      stage.ruled(Decision.ALLOW, "mcp__other__*").ruled(Decision.ALLOW, "mcp_resources");
      assertEquals(Decision.ASK, stage.ruling(resources, input).decision());
      stage.ruled(Decision.ALLOW, "mcp__mock__resources");
      assertEquals(Decision.ALLOW, stage.ruling(resources, input).decision());
      assertEquals(Decision.ASK, stage.ruling(prompts, input).decision());
      stage.ruled(Decision.DENY, "mcp__mock__*");
      assertEquals(Decision.DENY, stage.ruling(resources, input).decision());
      assertEquals(Decision.DENY, stage.ruling(prompts, input).decision());
    }
  }

  @Test
  void whoHasWaivedTheSandboxIsAskedAsUsual() throws Exception {
    try (var stage = stage(Shelter.WAIVED).ruled(Decision.ALLOW)) {
      assertEquals(
          Decision.ALLOW, stage.ruling(stage.tool(McpStage.ECHO), Json.object()).decision());
    }
  }

  @Test
  void anAgentWithOtherToolsReachesNone() throws Exception {
    try (var stage = stage(Shelter.SANDBOX)) {
      var none = stage.box.only("read"::equals);
      var one = stage.box.only(McpStage.ECHO::equals);
      var all = stage.box.only("mcp__mock"::equals);

      assertTrue(none.find(McpStage.ECHO).isEmpty());
      assertTrue(none.specs().isEmpty());
      assertTrue(one.find(McpStage.ECHO).isPresent());
      assertTrue(all.find(McpStage.ECHO).isPresent());
      assertEquals(List.of("mcp__mock"), all.names());
    }
  }

  @Test
  void aDefinitionNamesServersOrSingleToolsAndForbidsBoth() throws Exception {
    try (var stage = stage(Shelter.SANDBOX)) {
      var echo = McpStage.ECHO;

      assertTrue(chosen(stage, "tools: read, mcp__mock").find(echo).isPresent());
      assertTrue(chosen(stage, "tools: read, mcp__mock__echo").find(echo).isPresent());
      assertTrue(chosen(stage, "tools: read, mcp__mock__other").find(echo).isEmpty());
      assertTrue(chosen(stage, "tools: read").find(echo).isEmpty());
      assertTrue(chosen(stage, "disallowedTools: mcp__mock").find(echo).isEmpty());
      assertTrue(chosen(stage, "disallowedTools: mcp__mock__echo").find(echo).isEmpty());
      assertTrue(chosen(stage, "disallowedTools: mcp__mock__other").find(echo).isPresent());

      stage.echo();

      var one = chosen(stage, "tools: mcp__mock__echo");
      assertEquals(List.of(echo), one.names());
      assertEquals(List.of("tools"), one.specs().stream().map(ToolSpec::name).toList());
    }
  }

  private static Toolbox chosen(McpStage stage, String tools) {
    var text = "---\nname: a\ndescription: b\n%s\n---\nc".formatted(tools);
    return stage.box.only(AgentDefinition.parse("a", text, "a.md").tools()::allows);
  }

  @Test
  void aToolIsPinnedByTheFirstCallThatIsAllowed() throws Exception {
    try (var stage = stage(Shelter.SANDBOX)) {
      stage.find("");
      assertTrue(stage.pinned.isEmpty());

      stage.echo();

      assertEquals(
          "{\"echo\"={\"description\":\"Says it again.\",\"inputSchema\":{\"type\":\"object\"},"
              + "\"name\":\"echo\"}}",
          stage.pinned.toString().replace("echo={", "\"echo\"={"));
    }
  }

  @Test
  void whoIsAskedSeesWhatIsSentAndWhatIsSaid() throws Exception {
    try (var stage = stage(Shelter.SANDBOX)) {
      var input = Json.object().put("text", "hi");

      assertEquals(
          "arguments: \"{\\\"text\\\":\\\"hi\\\"}\"\nthe server says: \"Says it again.\"",
          stage.tool(McpStage.ECHO).preview(input).orElseThrow());
      stage.echo();
      assertEquals(
          "arguments: \"{\\\"text\\\":\\\"hi\\\"}\"",
          stage.tool(McpStage.ECHO).preview(input).orElseThrow());
    }
  }

  @Test
  void resourcesAndPromptsAreListedAndRead() throws Exception {
    var library =
        new MockServer(() ->
            new MockServer.Habits() {
              @Override
              boolean answers(String method, JsonNode message, MockServer.Life life)
                  throws IOException {
                var answer = library(method);
                if (!answer.isEmpty()) {
                  life.result(message.path("id"), answer);
                }
                return answer.isEmpty();
              }
            });
    try (var stage = McpStage.over(folder, library)) {
      assertTrue(
          stage.find("resources").contains("mcp_resources: Lists what an MCP server offers"));
      assertEquals(
          "\"file:///a\"  \"A\"  \"the first\"\n\"x://{n}\"  \"T\"  \"\"",
          stage.call("mcp_resources", "{\"server\":\"mock\"}").text());
      assertEquals(
          "resource \"file:///a\":\nhello",
          stage.call("mcp_resources", "{\"server\":\"mock\",\"uri\":\"file:///a\"}").text());
      assertEquals(
          "\"greet\" (\"who\")  \"\"", stage.call("mcp_prompts", "{\"server\":\"mock\"}").text());
      assertEquals(
          "user: Hello, Ada",
          stage
              .call(
                  "mcp_prompts",
                  "{\"server\":\"mock\",\"name\":\"greet\",\"arguments\":{\"who\":\"Ada\"}}")
              .text());
      var unknown = stage.call("mcp_resources", "{\"server\":\"other\"}");
      assertEquals(Status.ERROR, unknown.status());
      assertFalse(unknown.text().isEmpty());
    }
  }

  private static String library(String method) {
    return switch (method) {
      case "resources/list" ->
          """
          {"resources":[{"uri":"file:///a","name":"A","description":"the first"}]}\
          """;
      case "resources/templates/list" ->
          """
          {"resourceTemplates":[{"uriTemplate":"x://{n}","name":"T"}]}\
          """;
      case "resources/read" -> "{\"contents\":[{\"uri\":\"file:///a\",\"text\":\"hello\"}]}";
      case "prompts/list" ->
          "{\"prompts\":[{\"name\":\"greet\",\"arguments\":[{\"name\":\"who\"}]}]}";
      case "prompts/get" ->
          """
          {"messages":[{"role":"user","content":{"type":"text","text":"Hello, Ada"}}]}\
          """;
      default -> "";
    };
  }
}
