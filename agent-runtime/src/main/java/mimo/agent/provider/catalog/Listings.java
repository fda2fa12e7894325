package mimo.agent.provider.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import mimo.agent.provider.catalog.Preset.Place;
import mimo.agent.provider.catalog.ProviderListing.Reach;

/// Lists the providers there are: the presets in their order, then the user's own.
final class Listings {

  private final Presets presets;
  private final CatalogSettings settings;
  private final Map<String, String> environment;

  Listings(Presets presets, CatalogSettings settings, Map<String, String> environment) {
    this.presets = presets;
    this.settings = settings;
    this.environment = environment;
  }

  List<ProviderListing> all() {
    var all = new ArrayList<ProviderListing>();
    presets.all().forEach(preset -> all.add(of(preset)));
    for (var id : new TreeSet<>(settings.providers().keySet())) {
      if (presets.find(id) == null && !id.equals(ModelCatalog.OFFLINE)) {
        all.add(own(id, settings.provider(id)));
      }
    }
    return all;
  }

  private ProviderListing of(Preset preset) {
    var own = settings.provider(preset);
    var models = new TreeSet<>(own.prices().keySet());
    if (preset.model() != null) {
      models.add(preset.model());
    }
    return new ProviderListing(
        preset.id(),
        preset.alias(),
        own.baseUrl() == null ? preset.baseUrl() : own.baseUrl(),
        preset.keys(),
        keySource(preset),
        preset.model(),
        models,
        preset.place() == Place.THIS_MACHINE ? Reach.THIS_MACHINE : Reach.ELSEWHERE);
  }

  private static ProviderListing own(String id, ProviderSettings own) {
    return new ProviderListing(
        id,
        null,
        own.baseUrl(),
        List.of(),
        own.apiKey() == null ? "" : configured(id),
        null,
        new TreeSet<>(own.prices().keySet()),
        Reach.ELSEWHERE);
  }

  /// What holds a preset's key; empty if nothing does.
  String keySource(Preset preset) {
    if (settings.provider(preset).apiKey() != null) {
      return configured(preset.id());
    }
    return preset.keys().stream()
        .filter(key -> !environment.getOrDefault(key, "").isBlank())
        .findFirst()
        .orElse("");
  }

  private static String configured(String id) {
    return "provider." + id + ".options.apiKey";
  }
}
