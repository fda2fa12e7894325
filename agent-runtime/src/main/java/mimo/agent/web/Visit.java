package mimo.agent.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import mimo.agent.AgentLimits;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One page being asked for, from redirect to redirect. Confined to the thread that makes it, but
/// for [#cancel].
final class Visit {

  /// How names become addresses, and addresses connections.
  record Ways(NameResolver names, AddressPolicy policy, SocketFactory sockets) {}

  /// What comes of one request: the end of the visit, or the next address.
  private sealed interface Hop {

    record Over(Fetched result) implements Hop {}

    record On(FetchUrl url) implements Hop {}
  }

  private final Ways ways;
  private final String accept;
  private final Duration limit;
  private final AtomicReference<@Nullable Call> call = new AtomicReference<>();
  private volatile boolean cancelled;

  Visit(Ways ways, String accept, Duration limit) {
    this.ways = ways;
    this.accept = accept;
    this.limit = limit;
  }

  Fetched of(FetchUrl first) {
    var url = first;
    for (int hop = 0; hop <= AgentLimits.FETCH_REDIRECTS; hop++) {
      switch (hop(first, url)) {
        case Hop.Over(var result) -> {
          return result;
        }
        case Hop.On(var next) -> url = next;
      }
    }
    return new Fetched.Failed(
        "it redirects more than %d times".formatted(AgentLimits.FETCH_REDIRECTS));
  }

  /// Looked up once, looked at, and connected to no other: a name that means something else a
  /// moment later gains nothing.
  private Hop hop(FetchUrl first, FetchUrl url) {
    List<InetAddress> addresses;
    try {
      addresses = ways.names().resolve(url.url().host());
    } catch (UnknownHostException unknown) {
      return failed("no address is known for " + url.url().host());
    }
    if (addresses.isEmpty() || !addresses.stream().allMatch(ways.policy()::allows)) {
      return new Hop.Over(
          new Fetched.Refused(
              url.origin() + " is not on the public internet, so it is not asked for anything"));
    }
    try (var response = answer(url, addresses)) {
      return response.isRedirect() ? onward(first, url, response) : page(url, response);
    } catch (InterruptedIOException late) {
      return failed(url.origin() + " went silent");
    } catch (IOException broken) {
      return failed("%s cannot be reached: %s".formatted(url.origin(), broken.getMessage()));
    }
  }

  private static Hop failed(String message) {
    return new Hop.Over(new Fetched.Failed(message));
  }

  private Response answer(FetchUrl url, List<InetAddress> addresses) throws IOException {
    var request =
        new Request.Builder()
            .url(url.url())
            .header("Accept", accept)
            .header("User-Agent", "mimo")
            .build();
    var next = client(url, addresses).newCall(request);
    call.set(next);
    if (cancelled) {
      next.cancel();
    }
    return next.execute();
  }

  private OkHttpClient client(FetchUrl url, List<InetAddress> addresses) {
    var builder =
        new OkHttpClient.Builder()
            .dns(host -> addresses)
            .socketFactory(ways.sockets())
            // A proxy would look the name up again, and elsewhere.
            .proxy(Proxy.NO_PROXY)
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
            .followRedirects(false)
            .followSslRedirects(false)
            .callTimeout(limit)
            .connectTimeout(Duration.ofMillis(AgentLimits.FETCH_CONNECT_MILLIS))
            .readTimeout(Duration.ofMillis(AgentLimits.FETCH_IDLE_MILLIS));
    // Loading what TLS needs takes longer than most pages.
    var spec = url.url().isHttps() ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT;
    return builder.connectionSpecs(List.of(spec)).build();
  }

  private static Hop onward(FetchUrl first, FetchUrl url, Response response) {
    var location = response.header("Location");
    if (location == null) {
      return failed("it redirects (%d) and does not say where to".formatted(response.code()));
    }
    return switch (url.toward(location)) {
      case FetchUrl.Reading.Refused(var message) ->
          new Hop.Over(new Fetched.Refused("the redirect of " + url.origin() + ": " + message));
      case FetchUrl.Reading.Usable(var next) ->
          first.covers(next) ? new Hop.On(next) : new Hop.Over(new Fetched.Elsewhere(url, next));
    };
  }

  private static Hop page(FetchUrl url, Response response) throws IOException {
    var body = response.body();
    var bytes = body.byteStream().readNBytes(AgentLimits.FETCH_BYTES + 1);
    boolean cut = bytes.length > AgentLimits.FETCH_BYTES;
    var taken = cut ? Arrays.copyOf(bytes, AgentLimits.FETCH_BYTES) : bytes;
    return new Hop.Over(
        new Fetched.Page(url, response.code(), body.contentType(), new Fetched.Body(taken, cut)));
  }

  /// Ends whatever is going on. Any thread may call it.
  void cancel() {
    cancelled = true;
    var going = call.get();
    if (going != null) {
      going.cancel();
    }
  }
}
