package mimo.agent.mcp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mimo.agent.McpLimits;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/// What speaks HTTP with one server.
final class HttpClients {

  private HttpClients() {}

  /// An address without TLS gets a client that has never heard of it: loading the trust store takes
  /// longer than all the rest.
  static OkHttpClient of(URI url) {
    var builder =
        new OkHttpClient.Builder()
            .connectTimeout(McpLimits.CONNECT_MILLIS, TimeUnit.MILLISECONDS)
            // How long an answer may take is decided by who waits for it.
            .readTimeout(0, TimeUnit.MILLISECONDS)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false);
    return url.getScheme().equals("https")
        ? builder.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS)).build()
        : builder
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .protocols(List.of(Protocol.HTTP_1_1))
            .build();
  }

  /// A whole reply.
  ///
  /// @throws IOException if it is too long
  static String text(Response response) throws IOException {
    var bytes = response.body().byteStream().readNBytes(McpLimits.MESSAGE_BYTES + 1);
    if (bytes.length > McpLimits.MESSAGE_BYTES) {
      throw new IOException("its reply has more than " + McpLimits.MESSAGE_BYTES + " bytes");
    }
    return new String(bytes, UTF_8);
  }

  /// The beginning of a reply.
  static String head(Response response, int bytes) throws IOException {
    return new String(response.body().byteStream().readNBytes(bytes), UTF_8);
  }
}
