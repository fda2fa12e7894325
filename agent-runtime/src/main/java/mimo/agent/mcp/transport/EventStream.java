package mimo.agent.mcp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import mimo.agent.AgentLimits;
import mimo.agent.mcp.rpc.RpcMessage;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// A stream of events, each a message; it remembers where it was, to be taken up there. Confined to
/// the thread that reads it.
///
/// Beside data, which is all that streams of models hold, these have ids and a pause.
final class EventStream {

  /// No message is waited for.
  static final JsonNode UNTIL_THE_END = JsonNodeFactory.instance.nullNode();

  private static final int PAUSE_MILLIS = 1_000;

  private final InputStream in;
  private final Consumer<RpcMessage> hearing;
  private final StringBuilder data = new StringBuilder();
  private @Nullable String lastEvent;
  private long retryMillis = PAUSE_MILLIS;

  EventStream(Response response, Consumer<RpcMessage> hearing) {
    this.in = new BufferedInputStream(response.body().byteStream());
    this.hearing = hearing;
  }

  /// A stream that goes on where another one broke.
  EventStream(Response response, Consumer<RpcMessage> hearing, EventStream before) {
    this(response, hearing);
    lastEvent = before.lastEvent;
    retryMillis = before.retryMillis;
  }

  /// The id of the last event that had one; null if none had.
  @Nullable String lastEvent() {
    return lastEvent;
  }

  /// How long the server wants to be left alone before the stream is taken up again.
  long retryMillis() {
    return retryMillis;
  }

  /// Reads up to the answer to a question, or to the end.
  ///
  /// @param id of the question
  /// @return whether the answer came
  boolean read(JsonNode id) throws IOException {
    for (var line = line(); line != null; line = line()) {
      if (!line.isEmpty()) {
        take(line);
      } else if (!data.isEmpty()) {
        var message = RpcMessage.read(data.toString());
        data.setLength(0);
        hearing.accept(message);
        if (isAnswer(message, id)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAnswer(RpcMessage message, JsonNode id) {
    return switch (message) {
      case RpcMessage.Result(var of, _) -> of.equals(id) || of.asText().equals(id.asText());
      case RpcMessage.Fault(var of, _, _) -> of.asText().equals(id.asText());
      case RpcMessage.Request _, RpcMessage.Notification _, RpcMessage.Malformed _ -> false;
    };
  }

  private void take(String line) throws IOException {
    int colon = line.indexOf(':');
    var field = colon < 0 ? line : line.substring(0, colon);
    var value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "data" -> {
        data.append(data.isEmpty() ? "" : "\n").append(value);
        if (data.length() > AgentLimits.MCP_MESSAGE_BYTES) {
          throw tooLong();
        }
      }
      case "id" -> lastEvent = value;
      case "retry" -> {
        if (value.matches("[0-9]{1,9}")) {
          retryMillis = Math.min(Long.parseLong(value), AgentLimits.MCP_RECONNECT_MILLIS);
        }
      }
      default -> {
        // Names of events and comments mean nothing here.
      }
    }
  }

  /// The next line, which may end with LF, CRLF or CR; null at the end.
  private @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      if (next == '\r') {
        in.mark(1);
        if (in.read() != '\n') {
          in.reset();
        }
        return line.toString(UTF_8);
      }
      if (next == '\n') {
        return line.toString(UTF_8);
      }
      if (line.size() == AgentLimits.MCP_MESSAGE_BYTES) {
        throw tooLong();
      }
      line.write(next);
    }
  }

  private static IOException tooLong() {
    return new IOException("an event has more than " + AgentLimits.MCP_MESSAGE_BYTES + " bytes");
  }
}
