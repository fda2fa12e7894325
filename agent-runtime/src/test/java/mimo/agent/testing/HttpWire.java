package mimo.agent.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// As much of HTTP/1.1 as a fake server needs: bodies with a length in, chunks out, and full
/// control over where a reply stops.
final class HttpWire {

  private static final int LONGEST_LINE = 64 << 10;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  HttpWire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /// One request; header names are lower case.
  record Request(String method, String path, Map<String, String> headers, String body) {
    Request {
      headers = Map.copyOf(headers);
    }
  }

  /// The next request, or null when the client has closed the connection.
  @Nullable Request read() throws IOException {
    var start = line();
    if (start == null) {
      return null;
    }
    var headers = new HashMap<String, String>();
    for (var line = line(); !"".equals(line); line = line()) {
      if (line == null) {
        throw new EOFException("the client left within a request");
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("a header without a colon: no HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var words = start.split(" ", 3);
    var body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the client left within a request");
    }
    return new Request(words[0], words[1], headers, new String(body, UTF_8));
  }

  /// Sends `reply`; false if the connection is of no more use.
  boolean write(FakeReply reply) throws IOException, InterruptedException {
    var head = new StringBuilder("HTTP/1.1 " + reply.status() + " Scripted\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Transfer-Encoding: chunked\r\n\r\n");
    boolean headSent = false;
    for (var piece : reply.pieces()) {
      switch (piece) {
        case FakeReply.Piece.Bytes bytes -> {
          send(headSent ? "" : head.toString(), FakeReply.bytes(bytes));
          headSent = true;
        }
        case FakeReply.Piece.Hold(var reached, var until) -> {
          reached.countDown();
          until.await();
        }
        case FakeReply.Piece.Delay(var millis) -> Thread.sleep(millis);
        case FakeReply.Piece.Cut _ -> {
          if (!headSent) {
            out.write(head.toString().getBytes(ISO_8859_1));
            out.flush();
          }
          socket.shutdownOutput();
          return false;
        }
      }
    }
    out.write(((headSent ? "" : head) + "0\r\n\r\n").getBytes(ISO_8859_1));
    out.flush();
    return true;
  }

  private void send(String head, byte[] body) throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.writeBytes(head.getBytes(ISO_8859_1));
    if (body.length > 0) {
      packet.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
      packet.writeBytes(body);
      packet.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    packet.writeTo(out);
    out.flush();
  }

  private @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.size() == LONGEST_LINE) {
        throw new IOException("a line of the request is longer than " + LONGEST_LINE);
      }
      if (next != '\r') {
        line.write(next);
      }
      next = in.read();
    }
    if (next < 0) {
      throw new EOFException("the client left within a line");
    }
    return line.toString(ISO_8859_1);
  }
}
