package mimo.agent.provider;

/// Makes providers that speak one protocol.
public interface ProviderFactory {

  /// A provider at `endpoint`; opens no connection yet.
  Provider open(ProviderEndpoint endpoint);
}
