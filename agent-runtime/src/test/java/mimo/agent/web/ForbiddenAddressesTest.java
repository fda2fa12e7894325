package mimo.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// S53: nothing that is not public is ever connected to.
final class ForbiddenAddressesTest {

  static final List<String> FORBIDDEN = WebData.lines("forbidden-urls.txt");

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// Sockets that write down where they were to go, and go nowhere.
  private final List<SocketAddress> connections = new CopyOnWriteArrayList<>();

  @Test
  void theTableHasItsSixtyRows() {
    assertTrue(FORBIDDEN.size() >= 60, FORBIDDEN.size() + " rows");
  }

  @ParameterizedTest
  @FieldSource("FORBIDDEN")
  void isNeverConnectedTo(String row) throws InterruptedException {
    var parts = row.split(" = ", 2);
    var client = new WebClient(meaning(parts), new PublicAddresses(), noting());

    switch (FetchUrl.read(parts[0])) {
      case FetchUrl.Reading.Refused _ -> {}
      case FetchUrl.Reading.Usable(var url) ->
          assertInstanceOf(
              Fetched.Refused.class, client.fetch(url, "*/*", LIMIT, CancellationToken.never()));
    }

    assertEquals(List.of(), connections);
  }

  @ParameterizedTest
  @FieldSource("FORBIDDEN")
  void isNoPlaceToBeRedirectedTo(String row) throws InterruptedException, IOException {
    var target = row.split(" = ", 2)[0];
    var asked = new AtomicInteger();
    try (var server = PageServer.of(_ -> PageServer.redirect(target))) {
      var loopbackOnce =
          new WebClient(
              host -> List.of(InetAddress.getLoopbackAddress()), _ -> asked.getAndIncrement() < 2);

      var fetched = loopbackOnce.fetch(url(server, "/"), "*/*", LIMIT, CancellationToken.never());

      assertTrue(
          fetched instanceof Fetched.Refused || fetched instanceof Fetched.Elsewhere,
          fetched::toString);
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void aNameThatMeansSomethingElseAfterTheLookGainsNothing() throws Exception {
    var answers = new AtomicInteger();
    var public1 = InetAddress.getByName("93.184.216.34");
    NameResolver rebinding =
        host ->
            List.of(answers.getAndIncrement() == 0 ? public1 : InetAddress.getLoopbackAddress());
    var client = new WebClient(rebinding, new PublicAddresses(), noting());

    var fetched =
        client.fetch(usable("http://rebinding.test/"), "*/*", LIMIT, CancellationToken.never());

    assertInstanceOf(Fetched.Failed.class, fetched);
    assertEquals(1, answers.get());
    assertEquals(
        List.of("/93.184.216.34:80"),
        connections.stream()
            .map(each -> ((InetSocketAddress) each).getAddress() + ":" + port(each))
            .map(each -> each.substring(each.indexOf('/')))
            .toList());
  }

  @Test
  void aRedirectWhoseNameHasTurnedInwardIsRefused() throws Exception {
    var looks = new AtomicInteger();
    try (var server = PageServer.of(_ -> PageServer.redirect("/again"))) {
      // The first look and its connection pass; the second look at the same name does not.
      var client =
          new WebClient(
              _ -> List.of(InetAddress.getLoopbackAddress()), _ -> looks.incrementAndGet() <= 2);

      var fetched = client.fetch(url(server, "/"), "*/*", LIMIT, CancellationToken.never());

      assertInstanceOf(Fetched.Refused.class, fetched);
      assertEquals(1, server.requests().size());
    }
  }

  private static int port(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }

  static FetchUrl url(PageServer server, String path) {
    return usable("http://site.test:" + server.port() + path);
  }

  static FetchUrl usable(String text) {
    return assertInstanceOf(FetchUrl.Reading.Usable.class, FetchUrl.read(text)).url();
  }

  private static NameResolver meaning(String[] row) {
    return host -> {
      if (row.length == 1) {
        return List.of(InetAddress.getByName(host));
      }
      var addresses = new ArrayList<InetAddress>();
      for (var address : row[1].split(", ", -1)) {
        addresses.add(InetAddress.getByName(address));
      }
      return addresses;
    };
  }

  private SocketFactory noting() {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return new Socket() {
          @Override
          public void connect(SocketAddress endpoint, int timeout) throws IOException {
            connections.add(endpoint);
            throw new IOException("noted");
          }
        };
      }

      @Override
      public Socket createSocket(String host, int port) throws IOException {
        throw new UnknownHostException(host);
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress from, int fromPort)
          throws IOException {
        throw new UnknownHostException(host);
      }

      @Override
      public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new UnknownHostException(host.toString());
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
          throws IOException {
        throw new UnknownHostException(host.toString());
      }
    };
  }
}
