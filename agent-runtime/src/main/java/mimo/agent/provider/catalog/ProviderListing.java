package mimo.agent.provider.catalog;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mimo.agent.provider.Origin;
import org.jspecify.annotations.Nullable;

/// What is known of a provider without asking it.
///
/// @param alias another name for it
/// @param baseUrl where it is; null if nobody said
/// @param keyVariables the environment variables its key is looked for in; empty if it needs none
/// @param keySource the variable or the configuration key that holds its key; empty if none is set
/// @param model what it is asked for when nobody named a model
/// @param models the ids of its models that are known: the preset's and those with settings
/// @param reach where it runs
public record ProviderListing(
    String id,
    @Nullable String alias,
    @Nullable String baseUrl,
    List<String> keyVariables,
    String keySource,
    @Nullable String model,
    SortedSet<String> models,
    Reach reach) {

  public ProviderListing {
    keyVariables = List.copyOf(keyVariables);
    models = new TreeSet<>(models);
  }

  /// Where a provider runs.
  public enum Reach {
    ELSEWHERE,
    THIS_MACHINE
  }

  /// Where it is; empty if nobody said, or said something else than an address.
  public Optional<URI> address() {
    try {
      return baseUrl == null ? Optional.empty() : Optional.of(Origin.address(baseUrl));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether a key is needed and there is none.
  public boolean lacksKey() {
    return !keyVariables.isEmpty() && keySource.isEmpty();
  }
}
