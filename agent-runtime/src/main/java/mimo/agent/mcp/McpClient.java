package mimo.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.agent.mcp.rpc.RpcChannel;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.mcp.rpc.RpcException.Kind;
import mimo.agent.mcp.rpc.RpcPeer;
import mimo.agent.mcp.rpc.RpcPeer.Patience;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Speaks with one server, from the greeting on. Thread-safe.
public final class McpClient implements AutoCloseable {

  /// The versions of the protocol that are spoken here, the newest first.
  public static final List<String> VERSIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  private static final Patience LISTING = Patience.of(Duration.ofSeconds(McpLimits.LIST_SECONDS));

  private final RpcPeer peer;
  private final Greeting greeting;
  private final Hearing hearing;

  /// How a server introduces itself.
  ///
  /// @param protocol the version of the protocol that is spoken
  /// @param capabilities what it can do
  public record Greeting(String name, String version, String protocol, JsonNode capabilities) {

    boolean has(String capability) {
      return capabilities.path(capability).isObject();
    }
  }

  /// Who mimo is to servers.
  ///
  /// @param root the folder a server is told that it works in; null for one that is elsewhere
  public record Introduction(String version, @Nullable Path root) {}

  private McpClient(RpcPeer peer, Greeting greeting, Hearing hearing) {
    this.peer = peer;
    this.greeting = greeting;
    this.hearing = hearing;
  }

  /// Greets whoever is at the other end of a channel, which is closed if that fails.
  public static McpClient greet(
      RpcChannel channel, Introduction self, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    var hearing = new Hearing(self.root());
    var peer = new RpcPeer(channel, hearing);
    try {
      var patience = Patience.of(Duration.ofSeconds(McpLimits.START_SECONDS));
      var said = peer.ask("initialize", introduction(self), patience, cancellation);
      var greeting = greeting(said);
      channel.agreed(greeting.protocol());
      peer.tell("notifications/initialized", Json.object());
      return new McpClient(peer, greeting, hearing);
    } catch (RpcException | InterruptedException | RuntimeException failed) {
      peer.close();
      throw failed;
    }
  }

  private static ObjectNode introduction(Introduction self) {
    var params = Json.object().put("protocolVersion", VERSIONS.getFirst());
    var capabilities = params.putObject("capabilities");
    if (self.root() != null) {
      capabilities.putObject("roots");
    }
    params.putObject("clientInfo").put("name", "mimo").put("version", self.version());
    return params;
  }

  private static Greeting greeting(JsonNode said) throws RpcException {
    var version = said.path("protocolVersion").asText();
    if (!VERSIONS.contains(version)) {
      throw new RpcException(
          Kind.REFUSED,
          "it speaks the version %s of the protocol, and mimo %s"
              .formatted(ForeignText.quoted(version, 40), String.join(", ", VERSIONS)));
    }
    var server = said.path("serverInfo");
    return new Greeting(
        server.path("name").asText(),
        server.path("version").asText(),
        version,
        said.path("capabilities"));
  }

  public Greeting greeting() {
    return greeting;
  }

  /// Whether nobody is there any more.
  boolean isOver() {
    return peer.isOver();
  }

  /// Whether the server has said that its tools are others by now; asked once for each time.
  boolean hasOtherTools() {
    return hearing.toolsChanged.getAndSet(false);
  }

  /// Everything a list holds, page by page.
  ///
  /// @param method for example `tools/list`
  /// @param member under which its entries stand
  List<JsonNode> list(String method, String member, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    var entries = new ArrayList<JsonNode>();
    var seen = new HashSet<String>();
    var cursor = "";
    long until = System.nanoTime() + LISTING.most().toNanos();
    for (int page = 0; page < McpLimits.PAGES; page++) {
      var params = Json.object();
      if (!cursor.isEmpty()) {
        params.put("cursor", cursor);
      }
      var said = peer.ask(method, params, left(until, method), cancellation);
      for (var entry : said.path(member)) {
        if (entries.size() < McpLimits.ENTRIES) {
          entries.add(entry);
        }
      }
      cursor = said.path("nextCursor").asText("");
      // A list that begins anew has no end.
      if (cursor.isEmpty() || !seen.add(cursor) || entries.size() >= McpLimits.ENTRIES) {
        break;
      }
    }
    return entries;
  }

  /// What is left of the time for a whole list.
  private static Patience left(long until, String method) throws RpcException {
    long nanos = until - System.nanoTime();
    if (nanos <= 0) {
      throw new RpcException(
          Kind.TIMED_OUT, "no end of %s within %d s".formatted(method, McpLimits.LIST_SECONDS));
    }
    return Patience.of(Duration.ofNanos(nanos));
  }

  /// Calls a tool; what it says, whatever that is.
  JsonNode call(String tool, ObjectNode arguments, Duration silence, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    var params = Json.object().put("name", tool);
    params.set("arguments", arguments);
    var most = Duration.ofSeconds(McpLimits.CALL_SECONDS_MOST);
    return peer.ask("tools/call", params, new Patience(silence, most), cancellation);
  }

  /// Asks for one thing, such as a resource.
  JsonNode get(String method, ObjectNode params, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    return peer.ask(method, params, LISTING, cancellation);
  }

  @Override
  public void close() {
    peer.close();
  }

  /// What a server may ask and tell: where it works, whether somebody is there, and that its tools
  /// have changed. The rest is nothing that anybody here needs to know.
  private static final class Hearing implements RpcPeer.Respondent {

    private final @Nullable Path root;
    private final AtomicBoolean toolsChanged = new AtomicBoolean();

    Hearing(@Nullable Path root) {
      this.root = root;
    }

    @Override
    public @Nullable JsonNode answer(String method, ObjectNode params) {
      return switch (method) {
        case "ping" -> Json.object();
        case "roots/list" -> root == null ? null : roots(root);
        default -> null;
      };
    }

    private static JsonNode roots(Path root) {
      var answer = Json.object();
      answer
          .putArray("roots")
          .addObject()
          .put("uri", root.toUri().toString().replaceFirst("/$", ""))
          .put("name", String.valueOf(root.getFileName()));
      return answer;
    }

    @Override
    public void told(String method, ObjectNode params) {
      if (method.equals("notifications/tools/list_changed")) {
        toolsChanged.set(true);
      }
    }
  }
}
