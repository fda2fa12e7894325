package mimo.agent.mcp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.agent.McpLimits;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.json.Json;
import mimo.agent.mcp.Doorway;
import mimo.agent.mcp.McpClient;
import mimo.agent.mcp.McpServer;
import mimo.agent.mcp.McpSettings;
import mimo.agent.mcp.rpc.RpcException;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The transport over HTTP, with a server of this test.
final class HttpChannelTest {

  private static final String GREETING =
      """
      {"protocolVersion":"2025-11-25","capabilities":{"tools":{}},\
      "serverInfo":{"name":"http","version":"1"}}\
      """;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer http;
  private @Nullable McpServer server;

  private interface Answer {
    void to(HttpExchange exchange, String method, String id) throws IOException;
  }

  @BeforeEach
  void bind() throws Exception {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
  }

  @AfterEach
  void unbind() {
    if (server != null) {
      server.close();
    }
    http.stop(0);
  }

  private McpServer serving(Answer answer) {
    http.createContext("/mcp", exchange -> handle(exchange, answer));
    http.start();
    var url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
    var way = new McpSettings.Remote(url, Map.of("Authorization", "Bearer abc"));
    Doorway doorway =
        (settings, _) ->
            new Doorway.Opened(
                new HttpChannel((McpSettings.Remote) settings.way()), Doorway.Complaints.none());
    var made =
        new McpServer(
            new McpSettings("http", way, Duration.ofSeconds(10), ""),
            doorway,
            Access.WRITABLE,
            new McpClient.Introduction("0", null));
    server = made;
    return made;
  }

  private void handle(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var json = body.isEmpty() ? Json.object() : Json.parse(body);
      var method = json.path("method").asText(exchange.getRequestMethod());
      var headers = exchange.getRequestHeaders();
      seen.add(
          "%s session=%s version=%s last=%s who=%s"
              .formatted(
                  method,
                  headers.getFirst("Mcp-Session-Id"),
                  headers.getFirst("MCP-Protocol-Version"),
                  headers.getFirst("Last-Event-ID"),
                  headers.getFirst("Authorization")));
      answer.to(exchange, method, json.path("id").toString());
    }
  }

  private static void say(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    var bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String result(String id, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, result);
  }

  /// What every server says; whether it was one of these questions.
  private static boolean usual(HttpExchange exchange, String method, String id) throws IOException {
    switch (method) {
      case "initialize" -> {
        exchange.getResponseHeaders().set("Mcp-Session-Id", "s1");
        say(exchange, 200, "application/json", result(id, GREETING));
      }
      case "notifications/initialized", "DELETE" -> say(exchange, 202, "", "");
      case "GET" -> say(exchange, 405, "", "");
      default -> {
        return false;
      }
    }
    return true;
  }

  private String call() throws Exception {
    return Json.write(
        Objects.requireNonNull(server).call("t", Json.object(), CancellationToken.never()));
  }

  @Test
  void theSessionAndTheVersionAndTheHeadersGoWithEachRequest() throws Exception {
    serving((exchange, method, id) -> {
      if (!usual(exchange, method, id)) {
        say(exchange, 200, "application/json", result(id, "{\"ok\":true}"));
      }
    });

    assertEquals("{\"ok\":true}", call());
    Objects.requireNonNull(server).close();

    var spoken = seen.stream().filter(each -> !each.startsWith("GET")).toList();
    assertEquals(
        List.of(
            "initialize session=null version=null last=null who=Bearer abc",
            "notifications/initialized session=s1 version=2025-11-25 last=null who=Bearer abc",
            "tools/call session=s1 version=2025-11-25 last=null who=Bearer abc",
            "DELETE session=s1 version=2025-11-25 last=null who=Bearer abc"),
        spoken);
  }

  @Test
  void anAnswerMayComeAsAnEventAmongOthers() throws Exception {
    serving((exchange, method, id) -> {
      if (!usual(exchange, method, id)) {
        say(
            exchange,
            200,
            "text/event-stream",
            ": a comment\r\nevent: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}\r\n\r\n"
                + "data: "
                + result(id, "{\"a\":\ndata: 1}")
                + "\n\n");
      }
    });

    assertEquals("{\"a\":1}", call());
  }

  @Test
  void aStreamThatBreaksIsTakenUpWhereItBroke() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    serving((exchange, method, id) -> {
      boolean resumed = exchange.getRequestHeaders().containsKey("Last-Event-ID");
      if (resumed) {
        say(
            exchange,
            200,
            "text/event-stream",
            "data: " + result(asked.getFirst(), "{\"late\":1}") + "\n\n");
      } else if (!usual(exchange, method, id)) {
        asked.add(id);
        say(exchange, 200, "text/event-stream", "id: e7\nretry: 10\ndata: \n\n");
      }
    });

    assertEquals("{\"late\":1}", call());
    assertTrue(
        seen.contains("GET session=s1 version=2025-11-25 last=e7 who=Bearer abc"), seen::toString);
  }

  /// A stream whose end is not told: the connection is cut.
  private static void cut(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    var bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length + 10);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
  }

  @Test
  void aStreamThatIsCutAgainAndAgainIsTakenUpEachTime() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    var cuts = new AtomicInteger();
    serving((exchange, method, id) -> {
      boolean resumed = exchange.getRequestHeaders().containsKey("Last-Event-ID");
      if (!resumed && usual(exchange, method, id)) {
        return;
      }
      if (!resumed) {
        asked.add(id);
      }
      int now = cuts.getAndIncrement();
      if (now < McpLimits.RECONNECTS + 3) {
        cut(exchange, "id: e%d\nretry: 1\ndata:\n\nid: lost\ndata: {\"jso".formatted(now));
      } else {
        say(
            exchange,
            200,
            "text/event-stream",
            "data: " + result(asked.getFirst(), "{\"late\":1}") + "\n\n");
      }
    });

    assertEquals("{\"late\":1}", call());
    assertEquals(
        List.of("null", "e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7"),
        seen.stream()
            .filter(each -> each.startsWith("tools/call") || each.contains("last=e"))
            .map(each -> each.replaceAll(".*last=(\\S+).*", "$1"))
            .toList());
  }

  @Test
  void aStreamThatBringsNothingNewIsTakenUpSoOftenAndNoMore() {
    serving((exchange, method, id) -> {
      boolean resumed = exchange.getRequestHeaders().containsKey("Last-Event-ID");
      if (resumed || !usual(exchange, method, id)) {
        cut(exchange, "id: same\nretry: 1\n\n");
      }
    });

    var failed = assertThrows(RpcException.class, this::call);

    assertTrue(failed.words().contains("its reply broke off before the answer"), failed.words());
    assertEquals(McpLimits.RECONNECTS, seen.stream().filter(each -> each.contains("same")).count());
  }

  @Test
  void anIdThatNoHeaderCanHoldIsNoneAndHangsNobody() {
    serving((exchange, method, id) -> {
      if (!usual(exchange, method, id)) {
        say(exchange, 200, "text/event-stream", "id: \u001b[31mred\u0007\nretry: 1\ndata:\n\n");
      }
    });

    var failed = assertThrows(RpcException.class, this::call);

    assertEquals(
        "the server cannot be reached: its reply broke off before the answer (-32603)",
        failed.words());
  }

  @Test
  void aHeaderThatNoRequestCanHoldIsRefusedWithoutItsValue() {
    var url = URI.create("https://a.test/");

    var value =
        assertThrows(
            IllegalArgumentException.class,
            () -> new McpSettings.Remote(url, Map.of("Authorization", "Bearer s3cret\nX: y")));
    var name =
        assertThrows(
            IllegalArgumentException.class,
            () -> new McpSettings.Remote(url, Map.of("A b\u001b", "x")));
    var user =
        assertThrows(
            IllegalArgumentException.class,
            () -> new McpSettings.Remote(URI.create("https://me:s3cret@a.test/"), Map.of()));

    assertEquals(
        "the header Authorization holds something that is neither visible ASCII nor blank",
        value.getMessage());
    assertEquals(
        "a header's name is made of letters, digits and -, unlike \"A b\\\\u{1b}\"",
        name.getMessage());
    assertEquals(
        "a server's address begins with http:// or https:// and holds no user", user.getMessage());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IOException("the test is over", stopped);
    }
  }

  @Test
  void whoGivesUpDoesNotWaitForTheServerToHearOfIt() throws Exception {
    var asked = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    serving((exchange, method, id) -> {
      if (!usual(exchange, method, id)) {
        asked.countDown();
        await(end);
      }
    });
    var cancellation = new CancellationSource();
    var called = Objects.requireNonNull(server);
    var calling = new FutureTask<>(() -> called.call("t", Json.object(), cancellation));
    Thread.ofVirtual().start(calling);
    asked.await();

    cancellation.cancel();

    var stopped =
        assertThrows(
            ExecutionException.class,
            () -> calling.get(McpLimits.CONNECT_MILLIS / 2, TimeUnit.MILLISECONDS));
    assertTrue(
        stopped.toString().endsWith("cancelled while waiting for tools/call"), stopped::toString);
    end.countDown();
  }

  @Test
  void aStreamThatBreaksForGoodIsTold() {
    serving((exchange, method, id) -> {
      if (!usual(exchange, method, id)) {
        say(exchange, 200, "text/event-stream", ": nothing\n\n");
      }
    });

    var failed = assertThrows(RpcException.class, this::call);

    assertTrue(failed.words().contains("its reply broke off before the answer"), failed.words());
  }

  @Test
  void whoIsNotLetInIsToldWhy() {
    serving((exchange, method, id) -> say(exchange, 401, "", "who are you?"));

    var failed = assertThrows(RpcException.class, this::call);

    assertEquals(
        "the server wants to know who asks (status 401): give it a header (-32603)",
        failed.words());
  }

  @Test
  void noHeaderFollowsARedirect() {
    serving((exchange, method, id) -> {
      exchange.getResponseHeaders().set("Location", "/mcp?elsewhere");
      say(exchange, 307, "", "");
    });

    var failed = assertThrows(RpcException.class, this::call);

    assertTrue(failed.words().contains("redirects are not followed"), failed.words());
    assertEquals(1, seen.size());
  }

  @Test
  void aSessionThatIsGoneIsBegunAnew() throws Exception {
    var gone = new CopyOnWriteArrayList<String>();
    serving((exchange, method, id) -> {
      if (!usual(exchange, method, id)) {
        if (gone.addIfAbsent("once")) {
          say(exchange, 404, "", "");
        } else {
          say(exchange, 200, "application/json", result(id, "{\"anew\":1}"));
        }
      }
    });

    var failed = assertThrows(RpcException.class, this::call);

    assertEquals("the server has ended the session", failed.words());
    assertEquals("{\"anew\":1}", call());
  }
}
