package mimo.agent.provider.catalog;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks for model servers on this machine.
public interface LocalServers {

  /// Asks all of `baseUrls` at once for their models and returns, within `limit`, the first model
  /// of each, in the same order; empty for one that does not answer or has none.
  List<Optional<String>> firstModels(List<URI> baseUrls, Duration limit);
}
