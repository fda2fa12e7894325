package mimo.agent.mcp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import mimo.agent.McpLimits;
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

  /// What can stand in a header of a request.
  private static final Pattern HEADER_TEXT = Pattern.compile("[!-~]{1,1024}");

  private InputStream in = InputStream.nullInputStream();
  private final Consumer<RpcMessage> hearing;
  private final StringBuilder data = new StringBuilder();
  private @Nullable String lastEvent;
  private @Nullable String nextEvent;
  private long retryMillis = PAUSE_MILLIS;

  /// What came makes no sense, and would make none if it came again.
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  EventStream(Consumer<RpcMessage> hearing) {
    this.hearing = hearing;
  }

  static boolean isHeaderText(String text) {
    return HEADER_TEXT.matcher(text).matches();
  }

  /// The id of the last event that had one that can be told; null if none had.
  @Nullable String lastEvent() {
    return lastEvent;
  }

  /// How long the server wants to be left alone before the stream is taken up again.
  long retryMillis() {
    return retryMillis;
  }

  /// Reads up to the answer to a question, or to the end; goes on where it broke before.
  ///
  /// @param id of the question
  /// @return whether the answer came
  boolean read(Response response, JsonNode id) throws IOException {
    in = new BufferedInputStream(response.body().byteStream());
    data.setLength(0);
    // An event of which a part is missing has not been heard.
    nextEvent = lastEvent;
    for (var line = line(); line != null; line = line()) {
      if (!line.isEmpty()) {
        take(line);
        continue;
      }
      lastEvent = nextEvent;
      if (!data.isEmpty()) {
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
        if (data.length() > McpLimits.MESSAGE_BYTES) {
          throw tooLong();
        }
      }
      case "id" -> {
        if (isHeaderText(value)) {
          nextEvent = value;
        }
      }
      case "retry" -> {
        if (value.matches("[0-9]{1,9}")) {
          retryMillis = Math.min(Long.parseLong(value), McpLimits.RECONNECT_MILLIS);
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
      if (line.size() == McpLimits.MESSAGE_BYTES) {
        throw tooLong();
      }
      line.write(next);
    }
  }

  private static Unusable tooLong() {
    return new Unusable("an event has more than " + McpLimits.MESSAGE_BYTES + " bytes");
  }
}
