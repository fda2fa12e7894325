package mimo.agent.provider.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mimo.agent.provider.ProviderLimits;
import mimo.engine.CancellationToken.Registration;
import okhttp3.Response;

/// The answer to an [HttpPost]: its head is here, its body arrives. Confined to the thread that
/// reads it; a cancel from elsewhere fails the read.
public final class HttpReply implements AutoCloseable {

  private final Response response;
  private final Registration registration;
  private final InputStream body;

  HttpReply(Response response, Registration registration) {
    this.response = response;
    this.registration = registration;
    this.body = new CappedStream(response.body().byteStream(), ProviderLimits.REPLY_BYTES);
  }

  public int status() {
    return response.code();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(response.header(name));
  }

  public InputStream body() {
    return body;
  }

  /// The beginning of the body, as much of a refusal as is worth reading.
  public String refusal() throws IOException {
    return new String(body.readNBytes(ProviderLimits.REFUSAL_BYTES), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    registration.close();
    response.close();
  }
}
