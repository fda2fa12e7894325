package mimo.agent.provider.http;

import java.net.URI;
import mimo.agent.provider.ApiKey;
import mimo.agent.provider.ProviderEndpoint.Patience;
import org.jspecify.annotations.Nullable;

/// One request: JSON for an address, with the key that may go there.
public record HttpPost(URI url, @Nullable ApiKey key, String json, Patience patience) {}
