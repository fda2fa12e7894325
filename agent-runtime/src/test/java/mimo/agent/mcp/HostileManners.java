package mimo.agent.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.agent.mcp.HostileServersTest.Behaviour;
import mimo.agent.mcp.MockServer.Habits;
import mimo.agent.mcp.MockServer.Life;
import mimo.agent.permission.Shelter;
import mimo.agent.tool.Tool;
import mimo.engine.CancellationSource;

/// What servers can do with the protocol, and what comes of each.
record HostileManners(Path folder) {

  private static final Tool.Result ECHOED = Tool.Result.ok("echo hi");
  private static final Duration SHORT = Duration.ofMillis(300);

  List<Behaviour> behaviours() {
    return List.of(
        new Behaviour("a flood of notifications ends the server", this::flood),
        new Behaviour("a line without end ends the server", this::hugeLine),
        new Behaviour("garbage without end ends the server", this::garbage),
        new Behaviour("a little garbage is passed over", this::littleGarbage),
        new Behaviour("silence at the start can be cancelled", this::silentStart),
        new Behaviour("silence in a call ends with its time", this::silentCall),
        new Behaviour("progress keeps a slow call alive", this::slow),
        new Behaviour("a server that dies is started again", this::dies),
        new Behaviour("one that always dies is not started for ever", this::alwaysDies),
        new Behaviour("a second answer changes nothing", this::secondAnswer),
        new Behaviour("answers to no question change nothing", this::strangeAnswers),
        new Behaviour("another version of the protocol is refused", this::wrongVersion),
        new Behaviour("a storm of changed lists costs one list", this::storm),
        new Behaviour("a list without end is cut", this::endlessList),
        new Behaviour("a list in a circle is cut", this::circle),
        new Behaviour("questions of servers are refused", this::questions));
  }

  private McpStage stage(MockServer server) {
    return McpStage.over(folder, server);
  }

  private static MockServer with(Habits habits) {
    return new MockServer(() -> habits);
  }

  private void flood() throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) throws IOException {
                if (!method.equals("tools/call")) {
                  return true;
                }
                while (true) {
                  life.tell("notifications/message", Json.object().put("level", "info"));
                }
              }
            });
    try (var stage = stage(server)) {
      assertEquals(
          Tool.Result.error(
              "mcp_server_failed: the server mock: it sent more than 10000 messages nobody asked"
                  + " for"),
          stage.echo());
    }
  }

  private void hugeLine() throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) throws IOException {
                if (!method.equals("tools/call")) {
                  return true;
                }
                while (true) {
                  life.raw("x".repeat(1 << 16));
                }
              }
            });
    try (var stage = stage(server)) {
      assertEquals(
          Tool.Result.error(
              "mcp_server_failed: the server mock: it sent a line of more than 8388608 bytes"),
          stage.echo());
    }
  }

  private void garbage() throws Exception {
    assertGarbage(
        Integer.MAX_VALUE,
        Tool.Result.error(
            "mcp_server_failed: the server mock: it sent more than 100 lines that are no"
                + " messages"));
  }

  private void littleGarbage() throws Exception {
    assertGarbage(20, ECHOED);
  }

  private void assertGarbage(int lines, Tool.Result expected) throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) throws IOException {
                for (int i = 0; method.equals("tools/call") && i < lines; i++) {
                  life.say(i % 2 == 0 ? "Server is ready!" : "{\"id\":1,\"id\":2}");
                }
                return true;
              }
            });
    try (var stage = stage(server)) {
      assertEquals(expected, stage.echo());
    }
  }

  private void silentStart() throws Exception {
    var asked = new CountDownLatch(1);
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) {
                asked.countDown();
                return false;
              }
            });
    try (var stage = stage(server)) {
      var cancelled = new CancellationSource();
      var find = stage.box.find("tools").orElseThrow();
      Thread.ofVirtual().start(() -> cancelOnce(asked, cancelled));

      assertThrows(
          InterruptedException.class,
          () -> find.run(Json.object().put("action", "find"), cancelled));
    }
  }

  private static void cancelOnce(CountDownLatch asked, CancellationSource cancelled) {
    try {
      asked.await();
      cancelled.cancel();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void silentCall() throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) {
                return !method.equals("tools/call");
              }
            });
    try (var stage = new McpStage(folder, server, SHORT, Shelter.SANDBOX)) {
      assertEquals(
          Tool.Result.error("mcp_timeout: no answer to tools/call within 0 s"), stage.echo());
      server.await("notifications/cancelled");
    }
  }

  private void slow() throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              String result(JsonNode params, Life life) throws IOException {
                var token = params.path("_meta").path("progressToken").asLong();
                for (int i = 0; i < 10; i++) {
                  pause(SHORT.toMillis() / 4);
                  life.tell(
                      "notifications/progress",
                      Json.object().put("progressToken", token).put("progress", i));
                }
                return super.result(params, life);
              }
            });
    try (var stage = new McpStage(folder, server, SHORT.multipliedBy(2), Shelter.SANDBOX)) {
      assertEquals(ECHOED, stage.echo());
    }
  }

  /// The server takes its time; nothing here waits for it but by its messages.
  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }

  private void dies() throws Exception {
    var server =
        new MockServer(() ->
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) {
                boolean dying = method.equals("tools/call") && life.server.starts() == 1;
                if (dying) {
                  life.die();
                }
                return !dying;
              }
            });
    try (var stage = stage(server)) {
      assertEquals(Tool.Result.error("mcp_server_failed: the server mock: it ended"), stage.echo());
      assertEquals(ECHOED, stage.echo());
      assertEquals(2, server.starts());
    }
  }

  private void alwaysDies() throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) {
                life.die();
                return false;
              }

              @Override
              String complaint() {
                return "no such\u0007 file\n";
              }
            });
    try (var stage = stage(server)) {
      assertEquals(
          "Nothing fits.\n\n"
              + "(the server mock does not answer: it ended; its last words: no such\\u{7} file)",
          stage.find("echo"));
      for (int i = 0; i < 10; i++) {
        stage.find("");
      }
      assertEquals(McpLimits.STARTS, server.starts());
      assertEquals(
          Tool.Result.error(
              "mcp_server_failed: the server mock does not answer: it was started 5 times and"
                  + " ended each time"),
          stage.echo());
    }
  }

  private void secondAnswer() throws Exception {
    assertStrange((life, id) -> life.result(id, MockServer.textResult("echo hi")));
  }

  private void strangeAnswers() throws Exception {
    assertStrange((life, id) -> {
      life.say("{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}");
      life.say("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}");
      life.say("{\"jsonrpc\":\"2.0\",\"id\":998,\"error\":{\"code\":1,\"message\":\"no\"}}");
    });
  }

  private interface Strange {
    void say(Life life, JsonNode id) throws IOException;
  }

  private void assertStrange(Strange strange) throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) throws IOException {
                if (method.equals("tools/call")) {
                  strange.say(life, message.path("id"));
                }
                return true;
              }
            });
    try (var stage = stage(server)) {
      assertEquals(ECHOED, stage.echo());
      assertEquals(ECHOED, stage.echo());
    }
  }

  private void wrongVersion() throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) throws IOException {
                life.result(message.path("id"), Life.greeting("1999-01-01"));
                return false;
              }
            });
    try (var stage = stage(server)) {
      assertEquals(
          "Nothing fits.\n\n"
              + "(the server mock does not answer: it speaks the version \"1999-01-01\" of the"
              + " protocol, and mimo 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05)",
          stage.find(""));
    }
  }

  private void storm() throws Exception {
    var server = new MockServer();
    try (var stage = stage(server)) {
      stage.find("");
      for (int i = 0; i < 1_000; i++) {
        server.changed();
      }
      assertEquals(ECHOED, stage.echo());

      assertTrue(server.asked("tools/list") <= 4, "" + server.asked("tools/list"));
    }
  }

  private void endlessList() throws Exception {
    assertPages(page -> "\"page " + page + "\"", McpLimits.PAGES);
  }

  private void circle() throws Exception {
    assertPages(_ -> "\"again\"", 2);
  }

  private interface Cursor {
    String after(int page);
  }

  private void assertPages(Cursor cursor, int expected) throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) throws IOException {
                if (!method.equals("tools/list")) {
                  return true;
                }
                int page = life.count(method);
                life.result(
                    message.path("id"), "{\"tools\":[],\"nextCursor\":" + cursor.after(page) + "}");
                return false;
              }
            });
    try (var stage = stage(server)) {
      stage.find("");

      assertEquals(expected, server.asked("tools/list"));
    }
  }

  private void questions() throws Exception {
    var server =
        with(
            new Habits() {
              @Override
              boolean answers(String method, JsonNode message, Life life) throws IOException {
                if (method.equals("tools/call")) {
                  life.say("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\"}");
                  life.say("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"elicitation/create\"}");
                  life.say("{\"jsonrpc\":\"2.0\",\"id\":\"9\",\"method\":\"ping\"}");
                }
                return true;
              }
            });
    try (var stage = stage(server)) {
      assertEquals(ECHOED, stage.echo());

      server.awaitAnswer(
          """
          {"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"there is no\
           sampling/createMessage"}}\
          """);
      server.awaitAnswer(
          """
          {"jsonrpc":"2.0","id":8,"error":{"code":-32601,"message":"there is no\
           elicitation/create"}}\
          """);
      server.awaitAnswer("{\"jsonrpc\":\"2.0\",\"id\":\"9\",\"result\":{}}");
    }
  }
}
