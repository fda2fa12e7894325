package mimo.agent.provider.http;

import java.net.URI;
import java.util.Map;
import mimo.agent.provider.ApiKey;
import mimo.agent.provider.KeyHeader;
import mimo.agent.provider.ProviderEndpoint.Patience;
import org.jspecify.annotations.Nullable;

/// One request: JSON for an address, with the key that may go there.
///
/// @param key null for a server that asks for none
public record HttpPost(
    URI url, @Nullable ApiKey key, Manner manner, String json, Patience patience) {

  /// What every request of one protocol has in its head.
  ///
  /// @param headers by name; none of them is secret
  public record Manner(KeyHeader keyHeader, Map<String, String> headers) {

    public Manner {
      headers = Map.copyOf(headers);
    }
  }
}
