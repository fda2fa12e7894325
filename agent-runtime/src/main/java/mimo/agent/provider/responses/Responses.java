package mimo.agent.provider.responses;

import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderFactory;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.wire.Wire;

/// Makes the providers that speak Responses. Thread-safe.
///
/// @param unsummarised what was learnt of their models, which others may learn from too
public record Responses(Wire wire, Unsummarised unsummarised) implements ProviderFactory {

  /// A maker of providers that have learnt nothing yet.
  public Responses(Wire wire) {
    this(wire, new Unsummarised());
  }

  /// What every request of this protocol has in its head.
  public static final HttpPost.Manner MANNER = ResponsesProtocol.MANNER;

  @Override
  public Provider open(ProviderEndpoint endpoint) {
    return wire.open(
        endpoint, new ResponsesProtocol(endpoint.id(), endpoint.dialect(), unsummarised));
  }
}
