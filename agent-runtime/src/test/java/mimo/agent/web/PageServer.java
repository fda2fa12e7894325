package mimo.agent.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A web server on loopback that answers each path as it is told, and keeps what it was asked.
final class PageServer implements AutoCloseable {

  private final ServerSocket socket;
  private final Function<String, byte[]> answers;
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  /// @param answers the whole answer for a path; empty leaves the connection open in silence
  PageServer(Function<String, byte[]> answers) {
    this.answers = answers;
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofPlatform().daemon().name("pages").start(this::accept);
  }

  static PageServer of(Function<String, String> answers) {
    return new PageServer(path -> answers.apply(path).getBytes(StandardCharsets.UTF_8));
  }

  static String page(String type, String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n" + body;
  }

  static String redirect(String location) {
    return "HTTP/1.1 302 Found\r\nLocation: "
        + location
        + "\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n";
  }

  int port() {
    return socket.getLocalPort();
  }

  /// The lines of each request's head.
  List<List<String>> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket connection) {
    try {
      var in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      var head = new ArrayList<String>();
      for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      requests.add(head);
      var answer = answers.apply(head.getFirst().split(" ", -1)[1]);
      if (answer.length > 0) {
        connection.getOutputStream().write(answer);
        connection.close();
      }
    } catch (IOException _) {
      // The client went away, as clients do.
    }
  }

  /// As many bytes as wanted behind a head.
  static byte[] pageOf(String type, int bytes) {
    var head = page(type, "").getBytes(StandardCharsets.UTF_8);
    var whole = Arrays.copyOf(head, head.length + bytes);
    Arrays.fill(whole, head.length, whole.length, (byte) 'x');
    return whole;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (var connection : connections) {
      connection.close();
    }
  }
}
