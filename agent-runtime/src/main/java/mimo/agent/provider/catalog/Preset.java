package mimo.agent.provider.catalog;

import java.util.List;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import org.jspecify.annotations.Nullable;

/// A provider mimo knows without being told (A17).
///
/// @param alias another name for it
/// @param keys the environment variables its key is looked for in, best first
/// @param model what it is asked for when nobody named a model; null if only it can tell
record Preset(
    String id,
    @Nullable String alias,
    ProtocolName protocol,
    List<String> keys,
    String baseUrl,
    @Nullable String model,
    Dialect dialect,
    Place place) {

  Preset {
    keys = List.copyOf(keys);
  }

  /// Where it runs, and so who pays for it.
  enum Place {
    ELSEWHERE,
    THIS_MACHINE
  }
}
