package mimo.agent.provider.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Dialect.Trait;
import org.jspecify.annotations.Nullable;

/// Finds the ways to providers: presets where the user may have moved them, and the user's own.
record Ways(CatalogSettings settings, KnownModels known, Keys keys) {

  Way to(Preset preset) {
    var own = settings.provider(preset);
    var url = own.baseUrl() == null ? preset.baseUrl() : own.baseUrl();
    return new Way(
        own,
        preset.protocol(),
        url,
        keys.key(preset),
        preset.keys(),
        dialect(preset.dialect(), known.traits(preset.id()), own));
  }

  /// The way to a provider of the user's own; null if nobody said where it is.
  @Nullable Way own(String id) {
    var own = settings.provider(id);
    var url = own.baseUrl();
    return url == null
        ? null
        : new Way(
            own,
            ProtocolName.OPENAI_CHAT,
            url,
            keys.key(id),
            List.of(),
            dialect(Dialect.PLAIN, Map.of(), own));
  }

  private static Dialect dialect(Dialect usual, Map<String, Trait> known, ProviderSettings own) {
    var traits = new HashMap<>(known);
    var shipped = usual.with(known);
    own.models().forEach((id, said) -> traits.put(id, said.over(shipped.known(id))));
    return usual.with(traits);
  }
}
