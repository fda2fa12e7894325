package mimo.agent.provider.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.Origin;
import mimo.agent.provider.ProviderLimits;

/// Asks over plain sockets, because loading an HTTP client takes longer than the whole search may.
/// It goes to loopback only; an address elsewhere has no answer. Thread-safe.
public final class LoopbackProbe implements LocalServers {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  @Override
  public List<Optional<String>> firstModels(List<URI> baseUrls, Duration limit) {
    return models(baseUrls, limit).stream().map(models -> models.stream().findFirst()).toList();
  }

  /// Asks all of `baseUrls` at once and returns, within `limit`, all models of each, in the same
  /// order; none for one that does not answer.
  public List<List<String>> models(List<URI> baseUrls, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    var searches = baseUrls.stream().map(url -> search(url, limit)).toList();
    var found = new ArrayList<List<String>>();
    for (var search : searches) {
      found.add(result(search, deadline - System.nanoTime()));
    }
    return found;
  }

  private static CompletableFuture<List<String>> search(URI baseUrl, Duration limit) {
    var result = new CompletableFuture<List<String>>();
    Thread.ofVirtual()
        .name("probe-" + baseUrl.getPort())
        .start(() -> result.complete(models(baseUrl, limit)));
    return result;
  }

  private static List<String> result(CompletableFuture<List<String>> search, long nanosLeft) {
    try {
      return search.get(Math.max(0, nanosLeft), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return List.of();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static List<String> models(URI baseUrl, Duration limit) {
    var origin = Origin.of(baseUrl);
    if (!LOOPBACK.contains(origin.host())) {
      return List.of();
    }
    try (var socket = new Socket()) {
      int millis = Math.toIntExact(limit.toMillis());
      socket.setSoTimeout(millis);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), origin.port()), millis);
      // HTTP/1.0: the body ends with the connection and comes in no chunks.
      var request =
          "GET %s/models HTTP/1.0\r\nHost: 127.0.0.1:%d\r\nAccept: application/json\r\n\r\n"
              .formatted(baseUrl.getPath(), origin.port());
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return modelsIn(
          new String(socket.getInputStream().readNBytes(ProviderLimits.PROBE_BYTES), UTF_8));
    } catch (IOException _) {
      return List.of();
    }
  }

  private static List<String> modelsIn(String reply) throws IOException {
    int body = reply.indexOf("\r\n\r\n");
    if (body < 0 || !reply.matches("(?s)HTTP/1\\.\\d 200 .*")) {
      return List.of();
    }
    var ids = new ArrayList<String>();
    JsonWalk.walk(
        reply.substring(body),
        (path, value) -> {
          if (path.equals("data[].id")) {
            ids.add(value.getText());
          }
        });
    return ids;
  }
}
