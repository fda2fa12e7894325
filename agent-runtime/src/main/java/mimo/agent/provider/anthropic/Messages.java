package mimo.agent.provider.anthropic;

import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderFactory;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.wire.Wire;

/// Makes the providers that speak Messages. Thread-safe.
public record Messages(Wire wire) implements ProviderFactory {

  /// What every request of this protocol has in its head.
  public static final HttpPost.Manner MANNER = MessagesProtocol.MANNER;

  @Override
  public Provider open(ProviderEndpoint endpoint) {
    return wire.open(endpoint, new MessagesProtocol(endpoint.id(), endpoint.dialect()));
  }
}
