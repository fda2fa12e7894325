package mimo.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mimo.agent.json.Json;
import org.jspecify.annotations.Nullable;

/// A model server on loopback that answers at once, with the same few words each time, so that what
/// is timed is the program that asks. Speaks chat completions, responses and messages, streamed, to
/// clients of any make. While it edits, it has a file read and changed first. Thread-safe.
final class InstantServer implements AutoCloseable {

  private static final int BACKLOG = 4096;

  private static final String WORDS = "Done.";

  private static final byte[] CHAT =
      events(
          """
          data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"instant",\
          "choices":[{"index":0,"delta":{"role":"assistant","content":"%s"},"finish_reason":null}]}

          data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"instant",\
          "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

          data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"instant",\
          "choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}}

          data: [DONE]

          """);

  private static final byte[] RESPONSES =
      events(
          """
          event: response.created
          data: {"type":"response.created","response":{"id":"r1","object":"response",\
          "status":"in_progress","output":[]}}

          event: response.output_item.added
          data: {"type":"response.output_item.added","output_index":0,"item":{"id":"m1",\
          "type":"message","status":"in_progress","role":"assistant","content":[]}}

          event: response.output_text.delta
          data: {"type":"response.output_text.delta","item_id":"m1","output_index":0,\
          "content_index":0,"delta":"%1$s"}

          event: response.output_item.done
          data: {"type":"response.output_item.done","output_index":0,"item":{"id":"m1",\
          "type":"message","status":"completed","role":"assistant",\
          "content":[{"type":"output_text","text":"%1$s","annotations":[]}]}}

          event: response.completed
          data: {"type":"response.completed","response":{"id":"r1","object":"response",\
          "status":"completed","output":[{"id":"m1","type":"message","status":"completed",\
          "role":"assistant","content":[{"type":"output_text","text":"%1$s","annotations":[]}]}],\
          "usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":0},\
          "output_tokens":2,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":12}}}

          """);

  private static final byte[] MESSAGES =
      events(
          """
          event: message_start
          data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant",\
          "model":"instant","content":[],"stop_reason":null,"stop_sequence":null,\
          "usage":{"input_tokens":10,"output_tokens":1}}}

          event: content_block_start
          data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

          event: content_block_delta
          data: {"type":"content_block_delta","index":0,\
          "delta":{"type":"text_delta","text":"%s"}}

          event: content_block_stop
          data: {"type":"content_block_stop","index":0}

          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
          "usage":{"output_tokens":2}}

          event: message_stop
          data: {"type":"message_stop"}

          """);

  private final ServerSocket server;
  private final AtomicLong lastRequest = new AtomicLong();
  private final AtomicLong lastBytes = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile @Nullable EditTurn editing;

  private record Asked(String path, String body) {}

  private InstantServer(ServerSocket server) {
    this.server = server;
  }

  static InstantServer start() throws IOException {
    var socket = new ServerSocket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    var server = new InstantServer(socket);
    Thread.ofPlatform().daemon().name("instant-server").start(server::listen);
    return server;
  }

  /// What clients take for the provider's address.
  String baseUrl() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /// When the last request for an answer had arrived whole, by [System#nanoTime].
  long lastRequest() {
    return lastRequest.get();
  }

  /// How many bytes the body of the last request had.
  long lastBytes() {
    return lastBytes.get();
  }

  /// From now on answers are those of this turn; null for words alone.
  void edit(@Nullable EditTurn turn) {
    editing = turn;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void listen() {
    try {
      while (true) {
        var connection = server.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // As it should be.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var in = new BufferedInputStream(connection.getInputStream(), 16 * 1024);
      var out = connection.getOutputStream();
      for (var asked = readRequest(in); !asked.path().isEmpty(); asked = readRequest(in)) {
        out.write(answer(asked));
      }
    } catch (IOException hungUp) {
      // The client's right.
    }
  }

  /// @return what was asked; its path is empty at the end of the connection, and its body where
  ///   nobody looks at it
  private Asked readRequest(InputStream in) throws IOException {
    var request = readLine(in);
    long length = 0;
    for (var line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(line.substring(15).strip());
      }
    }
    var body = "";
    if (editing == null) {
      in.skipNBytes(length);
    } else {
      body = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    }
    if (length > 0) {
      lastBytes.set(length);
    }
    return new Asked(request.isEmpty() ? "" : request.split(" ", -1)[1], body);
  }

  private static String readLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private byte[] answer(Asked asked) throws IOException {
    var path = asked.path();
    var turn = editing;
    if (turn != null && !asked.body().isEmpty()) {
      var call = turn.next(Json.parse(asked.body()));
      if (call.isPresent()) {
        var reply = EditTurn.events(call.get(), path, calls.incrementAndGet());
        return asked(response("text/event-stream", reply));
      }
    }
    if (path.endsWith("/chat/completions")) {
      return asked(CHAT);
    }
    if (path.endsWith("/responses")) {
      return asked(RESPONSES);
    }
    if (path.endsWith("/messages")) {
      return asked(MESSAGES);
    }
    return response("application/json", "{\"object\":\"list\",\"data\":[{\"id\":\"instant\"}]}");
  }

  private byte[] asked(byte[] reply) {
    lastRequest.set(System.nanoTime());
    return reply;
  }

  private static byte[] events(String template) {
    return response("text/event-stream", template.formatted(WORDS));
  }

  private static byte[] response(String type, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }
}
