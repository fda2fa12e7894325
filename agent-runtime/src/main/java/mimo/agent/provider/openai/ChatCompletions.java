package mimo.agent.provider.openai;

import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderFactory;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.wire.Wire;

/// Makes the providers that speak chat completions. Thread-safe.
public record ChatCompletions(Wire wire) implements ProviderFactory {

  /// What every request of this protocol has in its head.
  public static final HttpPost.Manner MANNER = ChatProtocol.MANNER;

  @Override
  public Provider open(ProviderEndpoint endpoint) {
    return wire.open(endpoint, new ChatProtocol(endpoint.id(), endpoint.dialect()));
  }
}
