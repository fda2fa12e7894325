package mimo.agent.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.json.Json;
import mimo.agent.mcp.rpc.LineChannel;
import org.jspecify.annotations.Nullable;

/// A server that is as good or as bad as its habits: it lives on a thread, at the other end of two
/// pipes. Thread-safe.
final class MockServer implements Doorway {

  private static final int PIPE = 1 << 16;

  private final Supplier<Habits> habits;
  private final AtomicInteger starts = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private volatile @Nullable Life latest;

  /// Everything any of its lives was told, by method.
  final List<JsonNode> heard = new CopyOnWriteArrayList<>();

  /// What its tools are now, as JSON text of a list; shared by all its lives.
  volatile String tools =
      """
      [{"name":"echo","description":"Says it again.","inputSchema":{"type":"object"}}]\
      """;

  MockServer(Supplier<Habits> habits) {
    this.habits = habits;
  }

  /// A good one.
  MockServer() {
    this(Habits::new);
  }

  int starts() {
    return starts.get();
  }

  /// Has its latest life say that its tools are others.
  void changed() throws IOException {
    var life = latest;
    if (life == null) {
      throw new AssertionError("it never lived");
    }
    life.tell("notifications/tools/list_changed", Json.object());
    // Whoever gets an answer to this has heard of that.
    life.say("{\"jsonrpc\":\"2.0\",\"id\":\"heard\",\"method\":\"ping\"}");
    awaitAnswer("{\"jsonrpc\":\"2.0\",\"id\":\"heard\",\"result\":{}}");
  }

  /// Waits until it was told this.
  void await(String method) throws InterruptedException {
    awaitOne(each -> each.path("method").asText().equals(method));
  }

  void awaitAnswer(String answer) {
    var wanted = Json.parse(answer);
    try {
      awaitOne(wanted::equals);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private void awaitOne(Predicate<JsonNode> wanted) throws InterruptedException {
    lock.lock();
    try {
      while (heard.stream().noneMatch(wanted)) {
        if (!more.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("it only heard " + heard);
        }
      }
      heard.removeIf(each -> each.path("id").asText().equals("heard"));
    } finally {
      lock.unlock();
    }
  }

  private void hear(JsonNode message) {
    lock.lock();
    try {
      heard.add(message);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How often something was asked.
  long asked(String method) {
    return heard.stream().filter(each -> each.path("method").asText().equals(method)).count();
  }

  @Override
  public Opened open(McpSettings server, Access access) throws IOException {
    starts.incrementAndGet();
    var in = new PipedInputStream(PIPE);
    var toIt = new PipedOutputStream(in);
    var fromIt = new PipedInputStream(PIPE);
    var out = new PipedOutputStream(fromIt);
    var life = new Life(this, habits.get(), out);
    latest = life;
    Thread.ofPlatform().daemon().name("mock server").start(() -> life.live(in));
    return new Opened(
        new LineChannel(fromIt, toIt, () -> close(in, out)), () -> life.habits.complaint());
  }

  private static void close(PipedInputStream in, PipedOutputStream out) {
    try {
      in.close();
      out.close();
    } catch (IOException closed) {
      throw new AssertionError("a pipe is always closed", closed);
    }
  }

  /// What it does when it is asked something; the usual things where it has no habit of its own.
  static class Habits {

    /// Called for each message; whether the usual things are done, too.
    boolean answers(String method, JsonNode message, Life life) throws IOException {
      return true;
    }

    String complaint() {
      return "";
    }

    /// The result of a call.
    String result(JsonNode params, Life life) throws IOException {
      return textResult("echo " + params.path("arguments").path("text").asText());
    }
  }

  static String textResult(String text) {
    var json = Json.object();
    json.putArray("content").addObject().put("type", "text").put("text", text);
    return Json.write(json);
  }

  /// One life of it.
  static final class Life {

    final MockServer server;
    final Habits habits;
    private final OutputStream out;
    final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
    private volatile boolean dead;

    Life(MockServer server, Habits habits, OutputStream out) {
      this.server = server;
      this.habits = habits;
      this.out = out;
    }

    void live(PipedInputStream in) {
      try (var lines = new BufferedReader(new InputStreamReader(in, UTF_8));
          out) {
        while (!dead) {
          var line = lines.readLine();
          if (line == null) {
            return;
          }
          hear(Json.parse(line));
        }
      } catch (IOException gone) {
        // Nobody listens any more.
        return;
      }
    }

    private void hear(JsonNode message) throws IOException {
      server.hear(message);
      var method = message.path("method").asText();
      counts.merge(method, 1, Integer::sum);
      if (!habits.answers(method, message, this) || !message.has("id")) {
        return;
      }
      var usual = usual(method, message);
      if (usual != null) {
        result(message.path("id"), usual);
      }
    }

    private @Nullable String usual(String method, JsonNode message) throws IOException {
      return switch (method) {
        case "initialize" -> greeting(message.path("params").path("protocolVersion").asText());
        case "tools/list" -> "{\"tools\":" + server.tools + "}";
        case "tools/call" -> habits.result(message.path("params"), this);
        default -> null;
      };
    }

    static String greeting(String version) {
      return """
      {"protocolVersion":"%s","capabilities":{"tools":{"listChanged":true},"resources":{},\
      "prompts":{}},"serverInfo":{"name":"mock","version":"1"}}\
      """
          .formatted(version);
    }

    void result(JsonNode id, String result) throws IOException {
      say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
    }

    void tell(String method, ObjectNode params) throws IOException {
      var json = Json.object().put("jsonrpc", "2.0").put("method", method);
      json.set("params", params);
      say(Json.write(json));
    }

    void say(String line) throws IOException {
      raw(line + "\n");
    }

    void raw(String text) throws IOException {
      out.write(text.getBytes(UTF_8));
      out.flush();
    }

    void die() {
      dead = true;
    }
  }
}
