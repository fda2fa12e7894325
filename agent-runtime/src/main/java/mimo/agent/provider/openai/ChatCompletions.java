package mimo.agent.provider.openai;

import java.time.InstantSource;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderFactory;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.retry.RetryLoop;

/// Makes the providers that speak chat completions. Thread-safe.
public final class ChatCompletions implements ProviderFactory {

  private final HttpTransport http;
  private final RetryLoop retries;
  private final InstantSource clock;

  public ChatCompletions(HttpTransport http, RetryLoop retries, InstantSource clock) {
    this.http = http;
    this.retries = retries;
    this.clock = clock;
  }

  /// Whoever opens a provider will soon ask it: the client is set up meanwhile.
  @Override
  public Provider open(ProviderEndpoint endpoint) {
    http.warm(endpoint.origin());
    return new ChatCompletionsProvider(endpoint, http, retries, clock);
  }
}
