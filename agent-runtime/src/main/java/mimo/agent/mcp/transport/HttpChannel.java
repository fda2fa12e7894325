package mimo.agent.mcp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.agent.mcp.McpSettings;
import mimo.agent.mcp.rpc.RpcChannel;
import mimo.agent.mcp.rpc.RpcMessage;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// A connection by the transport named "streamable HTTP": each message is a POST, whose reply is
/// JSON or a stream of events; one stream more brings what nobody asked for. Thread-safe.
public final class HttpChannel implements RpcChannel {

  static final String EVENTS = "text/event-stream";

  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String LAST_EVENT = "Last-Event-ID";
  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final int REFUSAL_BYTES = 300;

  private final McpSettings.Remote server;
  private final OkHttpClient client;
  private final ReentrantLock delivering = new ReentrantLock();
  private final Map<String, Call> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Receiver receiver;
  private volatile @Nullable String session;
  private volatile @Nullable String version;
  private volatile @Nullable Call listening;

  public HttpChannel(McpSettings.Remote server) {
    this.server = server;
    this.client = HttpClients.of(server.url());
  }

  @Override
  public void open(Receiver hearing) {
    receiver = hearing;
  }

  @Override
  public void agreed(String agreed) {
    version = agreed;
    Thread.ofVirtual().name("mcp-listener").start(this::listen);
  }

  @Override
  public void send(RpcMessage message) throws IOException {
    if (over.get()) {
      throw new IOException("the connection is closed");
    }
    if (message instanceof RpcMessage.Notification) {
      // Whoever is told something and asked something hears them in this order.
      post(message);
    } else {
      Thread.ofVirtual().name("mcp-post").start(() -> post(message));
    }
  }

  private void post(RpcMessage message) {
    var id = message instanceof RpcMessage.Request question ? question.id() : null;
    try {
      exchange(message, id);
    } catch (IOException failed) {
      fail(id, "the server cannot be reached: " + failed.getMessage());
    } catch (RuntimeException unexpected) {
      // Whoever waits must be told; its message may hold what a header says.
      fail(id, "the server cannot be asked: " + unexpected.getClass().getSimpleName());
    } finally {
      if (id != null) {
        waiting.remove(id.toString());
      }
    }
  }

  private void exchange(RpcMessage message, @Nullable JsonNode id) throws IOException {
    var body = RequestBody.create(Json.write(message.json()).getBytes(UTF_8), JSON);
    var call = client.newCall(request("application/json, " + EVENTS).post(body).build());
    if (id != null) {
      waiting.put(id.toString(), call);
    } else {
      call.timeout().timeout(McpLimits.CONNECT_MILLIS, TimeUnit.MILLISECONDS);
    }
    try (var response = call.execute()) {
      take(response, id);
    }
  }

  private Request.Builder request(String accept) {
    var request =
        new Request.Builder()
            .url(server.url().toString())
            .header("Accept", accept)
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "mimo");
    server.headers().forEach(request::header);
    var known = session;
    if (known != null) {
      request.header(SESSION, known);
    }
    var agreed = version;
    if (agreed != null) {
      request.header(VERSION, agreed);
    }
    return request;
  }

  private void take(Response response, @Nullable JsonNode id) throws IOException {
    var given = response.header(SESSION);
    if (given != null && session == null) {
      if (!EventStream.isHeaderText(given)) {
        throw new IOException("its session has a name that no header can hold");
      }
      session = given;
    }
    if (!response.isSuccessful()) {
      refused(response, id);
      return;
    }
    if (isEvents(response)) {
      var stream = new EventStream(this::deliver);
      if (id != null) {
        followed(stream, response, id);
      } else {
        stream.read(response, EventStream.UNTIL_THE_END);
      }
    } else if (id != null) {
      var text = HttpClients.text(response);
      for (var each : array(text)) {
        deliver(RpcMessage.of(each));
      }
    }
  }

  private static Iterable<JsonNode> array(String text) throws IOException {
    try {
      var json = Json.parse(text);
      return json.isArray() ? json : Json.object().arrayNode().add(json);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("its reply is no JSON: " + malformed.getMessage(), malformed);
    }
  }

  /// A stream that breaks before the answer came is taken up where it broke, if the server says
  /// how; one that has brought news since may break as often as it likes.
  private void followed(EventStream stream, Response first, JsonNode id) throws IOException {
    boolean answered = brings(stream, first, id);
    for (int tries = 0; !answered; tries++) {
      var last = stream.lastEvent();
      if (last == null || tries == McpLimits.RECONNECTS) {
        throw new IOException("its reply broke off before the answer");
      }
      pause(stream.retryMillis());
      var call = client.newCall(request(EVENTS).header(LAST_EVENT, last).get().build());
      if (waiting.replace(id.toString(), call) == null) {
        // Nobody waits for it any more.
        return;
      }
      answered = takenUp(stream, call, id);
      if (!last.equals(stream.lastEvent())) {
        tries = -1;
      }
    }
  }

  private static boolean takenUp(EventStream stream, Call call, JsonNode id) throws IOException {
    try (var response = call.execute()) {
      if (isEvents(response)) {
        return brings(stream, response, id);
      }
      throw new EventStream.Unusable("its reply broke off, and " + response.code() + " came next");
    } catch (EventStream.Unusable refused) {
      throw refused;
    } catch (IOException broken) {
      return false;
    }
  }

  /// Whether the answer came before the stream ended or broke.
  private static boolean brings(EventStream stream, Response response, JsonNode id)
      throws EventStream.Unusable {
    try {
      return stream.read(response, id);
    } catch (EventStream.Unusable nonsense) {
      throw nonsense;
    } catch (IOException broken) {
      return false;
    }
  }

  private static boolean isEvents(Response response) {
    return response.isSuccessful()
        && String.valueOf(response.header("Content-Type")).startsWith(EVENTS);
  }

  private void pause(long millis) throws IOException {
    try {
      if (ended.await(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the connection is closed");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", stopped);
    }
  }

  private void refused(Response response, @Nullable JsonNode id) throws IOException {
    int status = response.code();
    if (status == 404 && session != null) {
      end("the server has ended the session");
      return;
    }
    var why =
        switch (status) {
          case 401, 403 ->
              "the server wants to know who asks (status " + status + "): give it a header";
          case 301, 302, 303, 307, 308 ->
              "the server is elsewhere (status " + status + "), and redirects are not followed";
          default ->
              "status %d: %s".formatted(status, HttpClients.head(response, REFUSAL_BYTES).strip());
        };
    fail(id, why);
  }

  private void fail(@Nullable JsonNode id, String why) {
    if (id != null) {
      deliver(new RpcMessage.Fault(id, RpcMessage.INTERNAL_ERROR, why));
    }
  }

  /// Hears what the server says unasked, for as long as it wants to.
  private void listen() {
    var stream = new EventStream(this::deliver);
    for (int tries = 0; tries <= McpLimits.RECONNECTS && !over.get(); tries++) {
      try {
        if (!isHeard(stream)) {
          return;
        }
        pause(stream.retryMillis());
      } catch (IOException | RuntimeException impossible) {
        // Calls do not depend on it.
        return;
      }
    }
  }

  /// Hears a stream to its end; whether there was one, or there may be one again.
  private boolean isHeard(EventStream stream) throws EventStream.Unusable {
    var request = request(EVENTS);
    var last = stream.lastEvent();
    if (last != null) {
      request.header(LAST_EVENT, last);
    }
    var call = client.newCall(request.get().build());
    listening = call;
    try (var response = call.execute()) {
      return isEvents(response)
          && (brings(stream, response, EventStream.UNTIL_THE_END) || !over.get());
    } catch (EventStream.Unusable nonsense) {
      throw nonsense;
    } catch (IOException broken) {
      return !over.get();
    }
  }

  private void deliver(RpcMessage message) {
    var hearing = receiver;
    if (hearing == null || over.get()) {
      return;
    }
    delivering.lock();
    try {
      hearing.received(message);
    } finally {
      delivering.unlock();
    }
  }

  private void end(String why) {
    if (over.compareAndSet(false, true)) {
      hangUp();
      var hearing = receiver;
      if (hearing != null) {
        hearing.ended(why);
      }
    }
  }

  private void hangUp() {
    ended.countDown();
    waiting.values().forEach(Call::cancel);
    var stream = listening;
    if (stream != null) {
      stream.cancel();
    }
  }

  @Override
  public void abandon(RpcMessage.Request question) {
    var call = waiting.remove(question.id().toString());
    if (call != null) {
      call.cancel();
    }
  }

  /// The server is told, if it keeps a session; whether it hears that does not matter.
  @Override
  public void close() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    hangUp();
    if (session == null) {
      return;
    }
    var farewell = client.newCall(request("*/*").delete().build());
    farewell.timeout().timeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    try {
      farewell.execute().close();
    } catch (IOException gone) {
      // Then it has ended, too.
      return;
    }
  }
}
