package mimo.agent.provider.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import mimo.agent.provider.Price;
import mimo.agent.provider.catalog.Preset.Place;
import mimo.agent.provider.catalog.ProviderListing.KeyPlace;
import mimo.agent.provider.catalog.ProviderListing.Reach;
import org.jspecify.annotations.Nullable;

/// Lists the providers there are: the presets in their order, then the user's own.
final class Listings {

  private final Presets presets;
  private final KnownModels known;
  private final CatalogSettings settings;
  private final Keys keys;

  Listings(Presets presets, KnownModels known, CatalogSettings settings, Keys keys) {
    this.presets = presets;
    this.known = known;
    this.settings = settings;
    this.keys = keys;
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
    boolean local = preset.place() == Place.THIS_MACHINE;
    return new ProviderListing(
        preset.id(),
        preset.alias(),
        own.baseUrl() == null ? preset.baseUrl() : own.baseUrl(),
        own.protocol() == null ? preset.protocol() : own.protocol(),
        new KeyPlace(preset.keys(), keys.source(preset)),
        preset.model(),
        models(preset.id(), preset.model(), own, local ? Price.FREE : null),
        local ? Reach.THIS_MACHINE : Reach.ELSEWHERE);
  }

  private ProviderListing own(String id, ProviderSettings own) {
    return new ProviderListing(
        id,
        null,
        own.baseUrl(),
        own.protocol() == null ? ProtocolName.OPENAI_CHAT : own.protocol(),
        new KeyPlace(List.of(), keys.source(id)),
        null,
        models(id, null, own, null),
        Reach.ELSEWHERE);
  }

  private SortedMap<String, KnownModel> models(
      String id, @Nullable String usual, ProviderSettings own, @Nullable Price price) {
    var models = new TreeMap<>(known.of(id));
    if (usual != null) {
      models.putIfAbsent(usual, new KnownModel(null, null, price, KnownModel.UNKNOWN.abilities()));
    }
    own.models().keySet().forEach(model -> models.putIfAbsent(model, known.find(id, model)));
    models.replaceAll((model, found) -> own.model(model).over(found));
    return models;
  }
}
