package mimo.agent.provider.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A20: who answers on this machine.
class LoopbackProbeTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void findsTheFirstModelOfEachServerThatAnswers() throws IOException {
    try (var ollama =
            answering("HTTP/1.0 200 OK\r\n\r\n{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}");
        var llama = answering("HTTP/1.1 200 OK\r\nX: y\r\n\r\n{\"data\":[{\"id\":\"c\"}]}")) {
      assertEquals(
          List.of(Optional.of("a"), Optional.of("c")),
          new LoopbackProbe().firstModels(List.of(url(ollama), url(llama)), LIMIT));
    }
  }

  @Test
  void findsAllModelsOfAServer() throws IOException {
    try (var ollama =
        answering("HTTP/1.0 200 OK\r\n\r\n{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}")) {
      assertEquals(
          List.of(List.of("a", "b"), List.of()),
          new LoopbackProbe()
              .models(List.of(url(ollama), URI.create("http://192.0.2.1:80/v1")), LIMIT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.0 404 No\r\n\r\n{\"data\":[{\"id\":\"a\"}]}",
        "HTTP/1.0 200 OK\r\n\r\n{\"data\":[]}",
        "HTTP/1.0 200 OK\r\n\r\n<html>a router</html>",
        "SSH-2.0-OpenSSH_9\r\n"
      })
  void isNotFooledByOtherServers(String reply) throws IOException {
    try (var other = answering(reply)) {
      assertEquals(
          List.of(Optional.empty()), new LoopbackProbe().firstModels(List.of(url(other)), LIMIT));
    }
  }

  @Test
  void asksNobodyElsewhere() {
    var elsewhere = URI.create("http://192.0.2.1:80/v1");

    assertEquals(
        List.of(Optional.empty()), new LoopbackProbe().firstModels(List.of(elsewhere), LIMIT));
  }

  @Test
  void leavesASilentServerAfterTheLimit() throws IOException {
    try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      var urls = List.of(url(silent), url(silent));
      var limit = Duration.ofSeconds(2);
      long before = System.nanoTime();

      var found = new LoopbackProbe().firstModels(urls, limit);

      // One after the other would take twice the limit.
      long took = System.nanoTime() - before;
      assertEquals(List.of(Optional.empty(), Optional.empty()), found);
      assertTrue(took >= limit.toNanos() * 9 / 10, took + " ns is too early");
      assertTrue(took < limit.toNanos() * 2, took + " ns for both together");
    }
  }

  private static URI url(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  private static ServerSocket answering(String reply) throws IOException {
    var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          try (var connection = server.accept()) {
            var start = connection.getInputStream().readNBytes("GET /v1/models".length());
            assertEquals("GET /v1/models", new String(start, ISO_8859_1));
            connection.getOutputStream().write(reply.getBytes(ISO_8859_1));
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
          } catch (IOException _) {
            // The test is over.
          }
        });
    return server;
  }
}
