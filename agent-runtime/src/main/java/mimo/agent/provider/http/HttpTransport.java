package mimo.agent.provider.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mimo.agent.provider.ApiKey;
import mimo.agent.provider.Origin;
import mimo.agent.provider.ProviderEndpoint.Patience;
import mimo.agent.provider.ProviderLimits;
import mimo.engine.CancellationToken;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Carries requests over HTTP. Thread-safe.
///
/// Addresses without TLS get a client that has never heard of it: loading the trust store costs
/// more than a whole turn on loopback.
public final class HttpTransport implements Transport {

  private final Map<Security, OkHttpClient> roots = new ConcurrentHashMap<>();
  private final Map<String, OkHttpClient> clients = new ConcurrentHashMap<>();

  private enum Security {
    CLEARTEXT,
    TLS
  }

  private record Temper(Security security, Patience patience) {
    /// Hashing a record is put together while the program starts, which takes longer than a name.
    String name() {
      return security + " " + patience.connect() + " " + patience.idle();
    }
  }

  /// Builds the client for `origin` in a side thread, so that the first request need not wait.
  @Override
  public void warm(Origin origin) {
    Thread.ofPlatform()
        .daemon()
        .name("http-warm")
        .start(() -> client(new Temper(security(origin), Patience.DEFAULT)));
  }

  @Override
  public HttpReply post(HttpPost post, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var temper = new Temper(security(Origin.of(post.url())), post.patience());
    var call = client(temper).newCall(request(post));
    var head = new CompletableFuture<Response>();
    var registration =
        cancellation.onCancel(() -> {
          head.cancel(false);
          call.cancel();
        });
    // On a thread of its own: looking up a name cannot be interrupted, leaving it can.
    Thread.ofVirtual().name("http-head").start(() -> execute(call, head));
    try {
      return new HttpReply(head.get(), registration);
    } catch (CancellationException _) {
      registration.close();
      throw new InterruptedException("cancelled while waiting for " + Origin.of(post.url()));
    } catch (InterruptedException interrupt) {
      registration.close();
      if (!head.cancel(false)) {
        closeQuietly(head);
      }
      call.cancel();
      throw interrupt;
    } catch (ExecutionException failure) {
      registration.close();
      throw failure.getCause() instanceof IOException broken
          ? broken
          : new IOException("the request could not be sent", failure.getCause());
    }
  }

  /// Asks `url` whether it is there and knows the key: the status of a GET, within `limit`.
  public int status(URI url, @Nullable ApiKey key, HttpPost.Manner manner, Duration limit)
      throws IOException {
    var request = new Request.Builder().url(url.toString()).header("User-Agent", "mimo");
    manner.headers().forEach(request::header);
    var header = manner.keyHeader();
    if (key != null) {
      key.in(header, url).ifPresent(value -> request.header(header.field(), value));
    }
    var client = client(new Temper(security(Origin.of(url)), Patience.DEFAULT));
    var call = client.newCall(request.build());
    call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    try (var response = call.execute()) {
      return response.code();
    }
  }

  private static void execute(Call call, CompletableFuture<Response> head) {
    Response response;
    try {
      response = call.execute();
    } catch (IOException | RuntimeException failure) {
      head.completeExceptionally(failure);
      return;
    }
    if (!head.complete(response)) {
      response.close();
    }
  }

  /// The head came in the same moment as the interrupt, and nobody will read on.
  private static void closeQuietly(CompletableFuture<Response> head) {
    if (head.state() == Future.State.SUCCESS) {
      head.resultNow().close();
    }
  }

  private static Request request(HttpPost post) {
    var request =
        new Request.Builder()
            .url(post.url().toString())
            .header("Accept", "text/event-stream, application/json")
            // A compressed stream arrives in the compressor's pieces, not in the model's.
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "mimo")
            .post(JsonBody.of(post.json()));
    post.manner().headers().forEach(request::header);
    var header = post.manner().keyHeader();
    if (post.key() != null) {
      post.key().in(header, post.url()).ifPresent(key -> request.header(header.field(), key));
    }
    return request.build();
  }

  private OkHttpClient client(Temper temper) {
    return clients.computeIfAbsent(
        temper.name(),
        _ ->
            roots
                .computeIfAbsent(temper.security(), this::root)
                .newBuilder()
                .connectTimeout(temper.patience().connect())
                .readTimeout(temper.patience().idle())
                .writeTimeout(temper.patience().idle())
                .build());
  }

  private OkHttpClient root(Security security) {
    var builder =
        new OkHttpClient.Builder()
            .connectionPool(
                new ConnectionPool(ProviderLimits.IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
            .callTimeout(ProviderLimits.TRY)
            // A key follows no redirect (A19), and what is tried again is not decided here.
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false);
    return switch (security) {
      case CLEARTEXT ->
          builder
              .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
              .protocols(List.of(Protocol.HTTP_1_1))
              .build();
      case TLS -> builder.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS)).build();
    };
  }

  private static Security security(Origin origin) {
    return origin.isCleartext() ? Security.CLEARTEXT : Security.TLS;
  }
}
