package mimo.agent.provider.catalog;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of models that are no `provider/id`: aliases, groups, and the few that mean something
/// although nobody has mapped them (A18, L71).
final class ShortNames {

  /// Groups that mean the default model until the user says more.
  private static final Set<String> STANDARD = Set.of("ultra", "standard", "lite");

  /// What `small_model` is called where it is wanted.
  private static final String SMALL = "small";

  private final CatalogSettings settings;
  private final Presets presets;

  ShortNames(CatalogSettings settings, Presets presets) {
    this.settings = settings;
    this.presets = presets;
  }

  /// The name `name` stands for; itself if it stands for none.
  ///
  /// @param caller the model of whoever asks; null for the user's own
  String meant(String name, @Nullable String caller) {
    if (name.indexOf('/') >= 0) {
      return name;
    }
    var alias = settings.aliases().getOrDefault(name, name);
    var group = settings.groups().get(alias);
    if (group != null) {
      return member(group, caller);
    }
    var small = settings.smallModel();
    return alias.equals(SMALL) && small != null ? small : alias;
  }

  /// Whether `name` means the default model, and rightly so.
  boolean isDefault(String name) {
    return STANDARD.contains(name) || name.equals(SMALL);
  }

  /// All the user has given a meaning.
  SortedSet<String> mapped() {
    var all = new TreeSet<>(settings.aliases().keySet());
    all.addAll(settings.groups().keySet());
    if (settings.smallModel() != null) {
      all.add(SMALL);
    }
    return all;
  }

  /// A member at the caller's provider is preferred: its key is there, and its cache is warm.
  private String member(ModelGroup group, @Nullable String caller) {
    var who = caller == null || caller.isBlank() ? settings.model() : caller;
    var meant = who == null ? "" : settings.aliases().getOrDefault(who, who);
    var own = settings.groups().get(meant);
    var provider = provider(own == null ? meant : own.usual());
    return Stream.concat(Stream.of(group.usual()), group.models().stream())
        .filter(model -> provider(model).equals(provider))
        .findFirst()
        .orElse(group.usual());
  }

  private String provider(String reference) {
    int slash = reference.indexOf('/');
    var name = slash < 0 ? reference : reference.substring(0, slash);
    var preset = presets.find(name);
    return preset == null ? name : preset.id();
  }
}
