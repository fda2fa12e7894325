package mimo.agent.provider.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/// The body of a request. It calls itself one-shot, which forbids the client to send it a second
/// time on its own, as it otherwise does after some answers.
final class JsonBody extends RequestBody {

  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] json;

  private JsonBody(byte[] json) {
    this.json = json;
  }

  /// Typed as the client takes it: a caller that passed on the subtype would have the JVM load the
  /// client's classes to verify the caller, before anything is sent.
  static RequestBody of(String json) {
    return new JsonBody(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return json.length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(json);
  }

  @Override
  public boolean isOneShot() {
    return true;
  }
}
