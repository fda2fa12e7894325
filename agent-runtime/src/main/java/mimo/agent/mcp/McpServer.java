package mimo.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.McpLimits;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.mcp.rpc.RpcException.Kind;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// One server, which is started when it is first needed and again when it has died. Thread-safe.
public final class McpServer implements AutoCloseable {

  private static final int COMPLAINT_CHARS = 1_000;
  private static final int TICK_MILLIS = 100;

  private final McpSettings settings;
  private final Doorway doorway;
  private final Access access;
  private final McpClient.Introduction introduction;
  private final ReentrantLock lock = new ReentrantLock();
  private final CancellationSource closing = new CancellationSource();
  private volatile @Nullable Live live;
  private volatile @Nullable RpcException failure;
  private @Nullable Listing listing;
  private int starts;

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

  /// Whether it was started and has not died. Waits for nothing.
  public boolean isUp() {
    var now = live;
    return now != null && !now.client().isOver();
  }

  /// Forgets that it could not be started, or did not say what it has: until then nobody tries
  /// again, and everybody who asks is told the same.
  void tryAnew() {
    failure = null;
  }

  /// How it introduces itself; it is started if need be.
  public McpClient.Greeting greeting(CancellationToken cancellation)
      throws RpcException, InterruptedException {
    return up(cancellation).client().greeting();
  }

  /// Its tools as they are now; it is started if need be.
  public Listing tools(CancellationToken cancellation) throws RpcException, InterruptedException {
    enter(cancellation);
    try {
      var client = up(cancellation).client();
      if (client.hasOtherTools()) {
        listing = null;
      }
      var known = listing;
      if (known == null) {
        refuseIfItFailed();
        known = listed(client, cancellation);
        listing = known;
      }
      return known;
    } catch (RpcException failed) {
      failure = failed;
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for others who start it or ask what it has.
  private void enter(CancellationToken cancellation) throws InterruptedException {
    while (!lock.tryLock(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (cancellation.isCancelled()) {
        throw new InterruptedException("cancelled while others waited for " + settings.name());
      }
    }
  }

  private void refuseIfItFailed() throws RpcException {
    var known = failure;
    if (known != null) {
      throw known;
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
    enter(cancellation);
    try {
      var now = live;
      if (now != null && !now.client().isOver()) {
        return now;
      }
      refuseIfItFailed();
      if (starts >= McpLimits.STARTS) {
        throw new RpcException(
            Kind.CLOSED, "it was started %d times and ended each time".formatted(starts));
      }
      var started = started(cancellation);
      listing = null;
      live = started;
      if (closing.isCancelled()) {
        started.client().close();
      }
      return started;
    } finally {
      lock.unlock();
    }
  }

  /// A start counts unless somebody did not want to wait for it.
  private Live started(CancellationToken cancellation) throws RpcException, InterruptedException {
    if (closing.isCancelled()) {
      throw over();
    }
    try {
      starts++;
      return start(cancellation.or(closing));
    } catch (RpcException failed) {
      failure = failed;
      throw failed;
    } catch (InterruptedException stopped) {
      starts--;
      if (closing.isCancelled()) {
        throw over();
      }
      throw stopped;
    }
  }

  private static RpcException over() {
    return new RpcException(Kind.CLOSED, "the session has ended");
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
    var now = live;
    return now == null ? "" : now.complaints().text();
  }

  private static String said(Doorway.Complaints complaints) {
    var text = complaints.text().strip();
    if (text.isEmpty()) {
      return "";
    }
    int start = Math.max(0, text.length() - COMPLAINT_CHARS);
    return "; its last words: " + ForeignText.visible(text.substring(start));
  }

  /// Ends it, also where somebody waits for it.
  @Override
  public void close() {
    closing.cancel();
    var now = live;
    if (now != null) {
      now.client().close();
    }
  }
}
