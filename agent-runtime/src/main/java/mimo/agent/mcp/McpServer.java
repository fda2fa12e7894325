package mimo.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentLimits;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.mcp.rpc.RpcException.Kind;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// One server, which is started when it is first needed and again when it has died. Thread-safe.
public final class McpServer implements AutoCloseable {

  private static final int COMPLAINT_CHARS = 1_000;

  private final McpSettings settings;
  private final Doorway doorway;
  private final Access access;
  private final McpClient.Introduction introduction;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Live live;
  private @Nullable Listing listing;
  private int starts;
  private boolean closed;

  /// A server that runs.
  private record Live(McpClient client, Doorway.Complaints complaints) {}

  /// What tools it has.
  ///
  /// @param tools by name
  /// @param notes on those that are left out
  public record Listing(Map<String, ToolDescription> tools, List<String> notes) {
    public Listing {
      tools = Map.copyOf(tools);
      notes = List.copyOf(notes);
    }
  }

  /// @param access what it may do to the workspace, if it is a program
  public McpServer(
      McpSettings settings, Doorway doorway, Access access, McpClient.Introduction introduction) {
    this.settings = settings;
    this.doorway = doorway;
    this.access = access;
    this.introduction = introduction;
  }

  public McpSettings settings() {
    return settings;
  }

  /// Whether it was started and has not died.
  public boolean isUp() {
    lock.lock();
    try {
      return live != null && !live.client().isOver();
    } finally {
      lock.unlock();
    }
  }

  /// How it introduces itself; it is started if need be.
  public McpClient.Greeting greeting(CancellationToken cancellation)
      throws RpcException, InterruptedException {
    return up(cancellation).client().greeting();
  }

  /// Its tools as they are now; it is started if need be.
  public Listing tools(CancellationToken cancellation) throws RpcException, InterruptedException {
    var now = up(cancellation);
    lock.lockInterruptibly();
    try {
      var known = listing;
      if (known == null || now.client().hasOtherTools()) {
        known = listed(now.client(), cancellation);
        listing = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private static Listing listed(McpClient client, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    if (!client.greeting().has("tools")) {
      return new Listing(Map.of(), List.of());
    }
    var tools = new HashMap<String, ToolDescription>();
    var notes = new ArrayList<String>();
    for (var said : client.list("tools/list", "tools", cancellation)) {
      try {
        var tool = ToolDescription.read(said);
        if (tools.putIfAbsent(tool.name(), tool) != null) {
          notes.add("the tool " + tool.name() + " is there twice; the second one is left out");
        }
      } catch (IllegalArgumentException unusable) {
        notes.add(unusable.getMessage() + "; it is left out");
      }
    }
    return new Listing(tools, notes);
  }

  /// Calls a tool, and returns what it says.
  public JsonNode call(String tool, ObjectNode arguments, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    return up(cancellation).client().call(tool, arguments, settings.patience(), cancellation);
  }

  /// Everything in one of its lists; nothing if it has none of the kind.
  public List<JsonNode> list(
      String capability, String method, String member, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    var client = up(cancellation).client();
    return client.greeting().has(capability)
        ? client.list(method, member, cancellation)
        : List.of();
  }

  /// Asks for one thing.
  public JsonNode get(String method, ObjectNode params, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    return up(cancellation).client().get(method, params, cancellation);
  }

  private Live up(CancellationToken cancellation) throws RpcException, InterruptedException {
    lock.lockInterruptibly();
    try {
      var now = live;
      if (now != null && !now.client().isOver()) {
        return now;
      }
      if (closed) {
        throw new RpcException(Kind.CLOSED, "the session has ended");
      }
      if (starts >= AgentLimits.MCP_STARTS) {
        throw new RpcException(
            Kind.CLOSED, "it was started %d times and ended each time".formatted(starts));
      }
      starts++;
      var started = start(cancellation);
      live = started;
      listing = null;
      return started;
    } finally {
      lock.unlock();
    }
  }

  private Live start(CancellationToken cancellation) throws RpcException, InterruptedException {
    Doorway.Opened opened;
    try {
      opened = doorway.open(settings, access);
    } catch (IOException refused) {
      throw new RpcException(Kind.CLOSED, "it cannot be started: " + refused.getMessage());
    }
    try {
      var client = McpClient.greet(opened.channel(), introduction, cancellation);
      return new Live(client, opened.complaints());
    } catch (RpcException failed) {
      throw new RpcException(failed.kind(), failed.words() + said(opened.complaints()));
    }
  }

  /// The last of what it wrote on its standard error; empty if nothing.
  public String complaints() {
    lock.lock();
    try {
      return live == null ? "" : live.complaints().text();
    } finally {
      lock.unlock();
    }
  }

  private static String said(Doorway.Complaints complaints) {
    var text = complaints.text().strip();
    if (text.isEmpty()) {
      return "";
    }
    int start = Math.max(0, text.length() - COMPLAINT_CHARS);
    return "; its last words: " + ForeignText.visible(text.substring(start));
  }

  /// Ends it.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (live != null) {
        live.client().close();
      }
    } finally {
      lock.unlock();
    }
  }
}
