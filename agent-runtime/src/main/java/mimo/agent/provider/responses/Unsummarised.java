package mimo.agent.provider.responses;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The models that were found to give no summary of what they think, at least not to this user:
/// some are told to verified organisations alone. Thread-safe.
public final class Unsummarised {

  private final Set<Model> models = ConcurrentHashMap.newKeySet();

  private record Model(String provider, String id) {}

  void add(String provider, String model) {
    models.add(new Model(provider, model));
  }

  boolean contains(String provider, String model) {
    return models.contains(new Model(provider, model));
  }
}
