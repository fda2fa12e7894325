package mimo.agent.testing;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.http.HttpReply;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.http.Transport;
import mimo.engine.CancellationToken;

/// A real transport, until a test lets a request fail before it is sent.
public final class FaultyTransport implements Transport {

  private final Transport real = new HttpTransport();
  private final Supplier<Optional<IOException>> faults;

  /// @param faults asked before every request
  public FaultyTransport(Supplier<Optional<IOException>> faults) {
    this.faults = faults;
  }

  @Override
  public HttpReply post(HttpPost post, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var fault = faults.get();
    if (fault.isPresent()) {
      throw fault.get();
    }
    return real.post(post, cancellation);
  }
}
