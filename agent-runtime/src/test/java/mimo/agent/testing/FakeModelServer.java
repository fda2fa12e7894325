package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A provider on loopback that speaks chat completions and Messages by a script. It checks every
/// request it gets as the strictest provider would, answers 400 to an illegal one, and fails the
/// test that closes it after such a one. Thread-safe.
public final class FakeModelServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BACKLOG = 1024;

  private final ServerSocket socket;
  private final Function<JsonNode, FakeReply> script;
  private final List<Captured> captured = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final AtomicInteger connectionsSeen = new AtomicInteger();
  private final Set<Socket> connections = Collections.newSetFromMap(new ConcurrentHashMap<>());

  /// A request as it arrived; header names are lower case.
  public record Captured(String path, Map<String, String> headers, JsonNode body) {
    public Captured {
      headers = Map.copyOf(headers);
    }
  }

  private FakeModelServer(ServerSocket socket, Function<JsonNode, FakeReply> script) {
    this.socket = socket;
    this.script = script;
  }

  /// A server on a port of the system's choice.
  public static FakeModelServer start(Function<JsonNode, FakeReply> script) {
    return start(0, script);
  }

  public static FakeModelServer start(int port, Function<JsonNode, FakeReply> script) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      var server = new FakeModelServer(socket, script);
      Thread.ofPlatform().daemon().name("fake-model").start(server::accept);
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A server that gives these replies in turn, and the last for ever.
  public static FakeModelServer inTurn(FakeReply... replies) {
    var next = new AtomicInteger();
    return start(request -> replies[Math.min(next.getAndIncrement(), replies.length - 1)]);
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
  }

  public int port() {
    return socket.getLocalPort();
  }

  public List<Captured> captured() {
    return List.copyOf(captured);
  }

  public int connectionsSeen() {
    return connectionsSeen.get();
  }

  /// What was wrong with the requests so far.
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connections.add(connection);
        connectionsSeen.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var wire = new HttpWire(connection);
      for (var request = wire.read(); request != null; request = wire.read()) {
        if (!wire.write(answer(request))) {
          return;
        }
      }
    } catch (IOException | InterruptedException _) {
      // The client went away, as clients do.
    } finally {
      connections.remove(connection);
    }
  }

  private FakeReply answer(HttpWire.Request request) throws IOException {
    if (request.method().equals("GET")) {
      return FakeReply.plain(200, "{\"object\":\"list\",\"data\":[{\"id\":\"fake-1\"}]}");
    }
    var body = JSON.readTree(request.body());
    captured.add(new Captured(request.path(), request.headers(), body));
    var speech = Speech.at(request.path());
    if (speech.isEmpty()) {
      return FakeReply.plain(404, "{\"error\":{\"message\":\"no such path\"}}");
    }
    var found = speech.get().problems(request, body);
    if (!found.isEmpty()) {
      problems.addAll(found);
      var refusal = JSON.createObjectNode();
      refusal.putObject("error").put("message", String.join("; ", found));
      return FakeReply.plain(400, refusal.toString());
    }
    return script.apply(body);
  }

  /// Ends all connections.
  ///
  /// @throws AssertionError if a request was illegal
  @Override
  public void close() {
    try {
      socket.close();
      for (var connection : connections) {
        connection.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (!problems.isEmpty()) {
      throw new AssertionError("illegal requests: " + problems);
    }
  }
}
