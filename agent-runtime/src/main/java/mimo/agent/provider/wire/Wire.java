package mimo.agent.provider.wire;

import java.time.InstantSource;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.http.Transport;
import mimo.agent.provider.retry.RetryLoop;

/// What all protocols share to reach their providers. Thread-safe.
public record Wire(Transport http, RetryLoop retries, InstantSource clock) {

  /// A provider at `endpoint` that speaks `protocol`; opens no connection yet. Whoever opens a
  /// provider will soon ask it: the client is set up meanwhile.
  public Provider open(ProviderEndpoint endpoint, Protocol protocol) {
    http.warm(endpoint.origin());
    return new WireProvider(endpoint, protocol, this);
  }
}
