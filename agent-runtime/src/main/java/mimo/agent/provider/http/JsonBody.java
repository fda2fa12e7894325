package mimo.agent.provider.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/// The body of a request. It calls itself one-shot, which forbids the client to send it a second
/// time on its own, as it otherwise does after some answers.
final class JsonBody extends RequestBody {

  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] json;

  JsonBody(byte[] json) {
    this.json = json;
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
