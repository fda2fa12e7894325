package mimo.agent.provider.http;

import java.io.IOException;
import mimo.engine.CancellationToken;

/// Carries requests to providers. Thread-safe.
public interface Transport {

  /// Sends `post` and returns when the head of the reply is here.
  ///
  /// @throws InterruptedException if cancelled, at once, whatever the network is doing
  HttpReply post(HttpPost post, CancellationToken cancellation)
      throws IOException, InterruptedException;
}
