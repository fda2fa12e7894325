package mimo.agent.provider.catalog;

import java.util.List;
import mimo.agent.provider.ApiKey;
import mimo.agent.provider.Origin;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import org.jspecify.annotations.Nullable;

/// How to get to a provider, not yet checked.
///
/// @param usual what is spoken there if the user says nothing else
record Way(
    ProviderSettings own,
    ProtocolName usual,
    String url,
    @Nullable String key,
    List<String> keyVariables,
    Dialect dialect) {

  ProtocolName protocol() {
    var said = own.protocol();
    return said == null ? usual : said;
  }

  /// The provider called `id`, at the end of this way.
  ///
  /// @throws IllegalArgumentException if the address or the key cannot be used
  ProviderEndpoint endpoint(String id) {
    var address = Origin.address(url);
    return new ProviderEndpoint(
        id,
        address,
        key == null ? null : ApiKey.of(key, address),
        keyVariables,
        dialect,
        own.patience());
  }

  /// Without the key.
  @Override
  public String toString() {
    return "Way[" + url + "]";
  }
}
