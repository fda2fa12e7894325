package mimo.agent.provider.catalog;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mimo.agent.provider.Origin;
import org.jspecify.annotations.Nullable;

/// What is known of a provider without asking it.
///
/// @param alias another name for it
/// @param baseUrl where it is; null if nobody said
/// @param protocol what is spoken there
/// @param key where its key is looked for, and what holds it
/// @param model what it is asked for when nobody named a model
/// @param models what is known of its models, by id, with what the user says in its place
/// @param reach where it runs
public record ProviderListing(
    String id,
    @Nullable String alias,
    @Nullable String baseUrl,
    ProtocolName protocol,
    KeyPlace key,
    @Nullable String model,
    SortedMap<String, KnownModel> models,
    Reach reach) {

  /// Where stored keys are, for people.
  public static final String STORE = "auth.json";

  public ProviderListing {
    models = new TreeMap<>(models);
  }

  /// Where a key is looked for.
  ///
  /// @param variables the environment variables; empty if none is needed
  /// @param source the variable, the configuration key or the file that holds it; empty if none is
  ///   set
  public record KeyPlace(List<String> variables, String source) {
    public KeyPlace {
      variables = List.copyOf(variables);
    }
  }

  /// The environment variables its key is looked for in; empty if it needs none.
  public List<String> keyVariables() {
    return key.variables();
  }

  /// What holds its key; empty if nothing does.
  public String keySource() {
    return key.source();
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
    return !keyVariables().isEmpty() && keySource().isEmpty();
  }
}
