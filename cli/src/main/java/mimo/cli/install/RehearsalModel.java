package mimo.cli.install;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A model behind HTTP on this machine that says the same to everybody, but for whoever asks it to
/// change the script: for recordings, which should know the way to a real one.
final class RehearsalModel implements AutoCloseable {

  static final String NAME = "rehearsal/any";

  private static final String REPLY =
      """
      data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"well"}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":1}}

      data: [DONE]

      """;

  /// What is said to somebody who wants a change: a file is read, then edited.
  private static final String ASKS_FOR_A_CHANGE = "change the rehearsal";

  private static final List<String> CALLS =
      List.of(
          call("read", "{\\\"file_path\\\":\\\"rehearsal.js\\\"}"),
          call(
              "edit",
              "{\\\"file_path\\\":\\\"rehearsal.js\\\",\\\"old_string\\\":\\\"each part\\\","
                  + "\\\"new_string\\\":\\\"every part\\\"}"));

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
    try (exchange) {
      var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var reply = reply(request).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  private static String reply(String request) {
    int answered = request.split("\"role\":\"tool\"", -1).length - 1;
    return request.contains(ASKS_FOR_A_CHANGE) && answered < CALLS.size()
        ? CALLS.get(answered)
        : REPLY;
  }

  private static String call(String tool, String arguments) {
    return """
    data: {"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,\
    "id":"%1$s","type":"function","function":{"name":"%1$s","arguments":"%2$s"}}]}}]}

    data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

    data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":1}}

    data: [DONE]

    """
        .formatted(tool, arguments);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
