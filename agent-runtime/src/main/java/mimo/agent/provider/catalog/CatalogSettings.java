package mimo.agent.provider.catalog;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the user says about models.
///
/// @param model the default model, null if none was chosen
/// @param smallModel the model for small work, null if none was chosen
/// @param providers by id
/// @param aliases `model_aliases`: short names and the models they mean
/// @param groups `model_groups`: short names and the models that may be meant
/// @param keys those the user has stored, by provider
public record CatalogSettings(
    @Nullable String model,
    @Nullable String smallModel,
    Map<String, ProviderSettings> providers,
    Map<String, String> aliases,
    Map<String, ModelGroup> groups,
    Map<String, StoredKey> keys) {

  public static final CatalogSettings NONE = new CatalogSettings(null, Map.of(), Map.of());

  public CatalogSettings {
    providers = Map.copyOf(providers);
    aliases = withoutWholeNames(aliases);
    groups = withoutWholeNames(groups);
    keys = Map.copyOf(keys);
  }

  /// What a user says who has no groups and no stored keys.
  public CatalogSettings(
      @Nullable String model,
      Map<String, ProviderSettings> providers,
      Map<String, String> aliases) {
    this(model, null, providers, aliases, Map.of(), Map.of());
  }

  /// What has a `/` is meant as it is written (A18): a repository may give names to models, and
  /// must not send whoever names one to another.
  private static <T> Map<String, T> withoutWholeNames(Map<String, T> names) {
    return names.entrySet().stream()
        .filter(name -> name.getKey().indexOf('/') < 0)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public CatalogSettings withModel(@Nullable String name) {
    return new CatalogSettings(name, smallModel, providers, aliases, groups, keys);
  }

  public CatalogSettings withGroups(Map<String, ModelGroup> those) {
    return new CatalogSettings(model, smallModel, providers, aliases, those, keys);
  }

  public CatalogSettings withSmallModel(@Nullable String name) {
    return new CatalogSettings(model, name, providers, aliases, groups, keys);
  }

  public CatalogSettings withKeys(Map<String, StoredKey> those) {
    return new CatalogSettings(model, smallModel, providers, aliases, groups, those);
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
