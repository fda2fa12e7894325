package mimo.agent.provider.catalog;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the user says about models.
///
/// @param model the default model, null if none was chosen
/// @param providers by id
/// @param aliases `model_aliases`: short names and the models they mean
public record CatalogSettings(
    @Nullable String model, Map<String, ProviderSettings> providers, Map<String, String> aliases) {

  public static final CatalogSettings NONE = new CatalogSettings(null, Map.of(), Map.of());

  public CatalogSettings {
    providers = Map.copyOf(providers);
    aliases = withoutWholeNames(aliases);
  }

  /// What has a `/` is meant as it is written (A18): a repository may give names to models, and
  /// must not send whoever names one to another.
  private static Map<String, String> withoutWholeNames(Map<String, String> aliases) {
    return aliases.entrySet().stream()
        .filter(alias -> alias.getKey().indexOf('/') < 0)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public CatalogSettings withModel(@Nullable String name) {
    return new CatalogSettings(name, providers, aliases);
  }

  /// What the user says about a preset, under its name or its other name.
  ProviderSettings provider(Preset preset) {
    var own = providers.get(preset.id());
    var alias = preset.alias();
    return own != null || alias == null ? provider(preset.id()) : provider(alias);
  }

  ProviderSettings provider(String id) {
    return providers.getOrDefault(id, ProviderSettings.NONE);
  }
}
