package mimo.cli.install;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// A model behind HTTP on this machine that says the same to everybody: for recordings, which
/// should know the way to a real one.
final class RehearsalModel implements AutoCloseable {

  static final String NAME = "rehearsal/any";

  private static final String REPLY =
      """
      data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"well"}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":1}}

      data: [DONE]

      """;

  private final HttpServer server;

  private RehearsalModel(HttpServer server) {
    this.server = server;
  }

  static RehearsalModel start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", RehearsalModel::answer);
    server.start();
    return new RehearsalModel(server);
  }

  /// The configuration that names this model.
  String configuration() {
    return """
    {"provider": {"rehearsal": {"options": {
      "baseURL": "http://127.0.0.1:%d/v1", "apiKey": "rehearsal-needs-none"}}}}
    """
        .formatted(server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var reply = REPLY.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
