package mimo.agent.provider.http;

import java.io.IOException;
import mimo.agent.provider.Origin;
import mimo.engine.CancellationToken;

/// Carries requests to providers. Thread-safe.
public interface Transport {

  /// Sends `post` and returns when the head of the reply is here.
  ///
  /// @throws InterruptedException if cancelled, at once, whatever the network is doing
  HttpReply post(HttpPost post, CancellationToken cancellation)
      throws IOException, InterruptedException;

  /// Makes ready for requests to `origin` that will soon come; returns at once.
  default void warm(Origin origin) {}
}
