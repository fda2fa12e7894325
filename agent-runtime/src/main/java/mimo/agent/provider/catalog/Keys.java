package mimo.agent.provider.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.provider.Origin;
import org.jspecify.annotations.Nullable;

/// Where the keys of providers are: in the user's configuration, else in the environment, else
/// among those the user has stored (A19).
final class Keys {

  private final CatalogSettings settings;
  private final Map<String, String> environment;

  Keys(CatalogSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /// A key and what holds it.
  private record Found(String value, String source) {}

  /// The key of a preset, wherever the user has moved it; null if there is none.
  @Nullable String key(Preset preset) {
    return found(preset).map(Found::value).orElse(null);
  }

  /// The key of a provider of the user's own; null if there is none.
  @Nullable String key(String id) {
    return found(id, settings.provider(id), List.of(), null).map(Found::value).orElse(null);
  }

  /// What holds a preset's key; empty if nothing does.
  String source(Preset preset) {
    return found(preset).map(Found::source).orElse("");
  }

  String source(String id) {
    return found(id, settings.provider(id), List.of(), null).map(Found::source).orElse("");
  }

  /// Where a stored key belongs that is not sent, since its provider is elsewhere now.
  Optional<Origin> belongsElsewhere(Preset preset) {
    var stored = settings.keys().get(preset.id());
    return found(preset).isPresent() || stored == null
        ? Optional.empty()
        : Optional.ofNullable(home(stored, preset.baseUrl()));
  }

  private Optional<Found> found(Preset preset) {
    return found(preset.id(), settings.provider(preset), preset.keys(), preset.baseUrl());
  }

  private Optional<Found> found(
      String id, ProviderSettings own, List<String> variables, @Nullable String usualUrl) {
    var configured = own.apiKey();
    if (configured != null) {
      return Optional.of(new Found(configured, "provider." + id + ".options.apiKey"));
    }
    for (var variable : variables) {
      var value = environment.getOrDefault(variable, "");
      if (!value.isBlank()) {
        return Optional.of(new Found(value, variable));
      }
    }
    var url = own.baseUrl() == null ? usualUrl : own.baseUrl();
    return Optional.ofNullable(settings.keys().get(id))
        .filter(stored -> isAt(url, home(stored, usualUrl)))
        .map(stored -> new Found(stored.key(), ProviderListing.STORE));
  }

  /// Where a stored key may be sent; null if nobody can tell.
  private static @Nullable Origin home(StoredKey stored, @Nullable String usualUrl) {
    var origin = stored.origin();
    return origin != null || usualUrl == null ? origin : Origin.of(Origin.address(usualUrl));
  }

  private static boolean isAt(@Nullable String url, @Nullable Origin origin) {
    try {
      return url != null && Origin.of(Origin.address(url)).equals(origin);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
