package mimo.agent.provider.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of models that are no `provider/id`: aliases, groups, and the few that mean something
/// although nobody has mapped them (A18, L71). A name may stand for one that stands for another, a
/// few times over.
final class ShortNames {

  /// How many names may stand one for the other.
  private static final int MOST_HOPS = 3;

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

  /// The name `name` stands for: itself if it stands for none, the next if there is no end of them.
  ///
  /// @param caller the model of whoever asks; null for the user's own
  String meant(String name, @Nullable String caller) {
    var chain = chain(name, choice(caller));
    return isEndless(chain) ? chain.get(1) : chain.getLast();
  }

  /// What is wrong with `name` if it stands for a name that stands for another, and so on without
  /// an end in sight.
  ///
  /// @param caller the model of whoever asks; null for the user's own
  Optional<String> endless(String name, @Nullable String caller) {
    var chain = chain(name, choice(caller));
    return isEndless(chain)
        ? Optional.of(
            "the model name '%s' leads from name to name, but to no model within %d steps: %s."
                    .formatted(name, MOST_HOPS, String.join(" -> ", chain))
                + " Correct model_aliases, model_groups or small_model")
        : Optional.empty();
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

  /// From a name to what it means, one hop too many if that is no end.
  private List<String> chain(String name, Function<ModelGroup, String> choice) {
    var chain = new ArrayList<>(List.of(name));
    var next = next(name, choice);
    while (!next.equals(chain.getLast()) && !isEndless(chain)) {
      chain.add(next);
      next = next(next, choice);
    }
    return chain;
  }

  private static boolean isEndless(List<String> chain) {
    return chain.size() > MOST_HOPS + 1;
  }

  /// What `name` stands for at once; itself if it stands for none.
  private String next(String name, Function<ModelGroup, String> choice) {
    if (name.indexOf('/') >= 0) {
      return name;
    }
    var alias = settings.aliases().get(name);
    if (alias != null) {
      return alias;
    }
    var group = settings.groups().get(name);
    if (group != null) {
      return choice.apply(group);
    }
    var small = settings.smallModel();
    return name.equals(SMALL) && small != null ? small : name;
  }

  /// A member at the caller's provider is preferred: its key is there, and its cache is warm.
  private Function<ModelGroup, String> choice(@Nullable String caller) {
    var who = caller == null || caller.isBlank() ? settings.model() : caller;
    var provider = who == null ? "" : provider(who);
    return group ->
        Stream.concat(Stream.of(group.usual()), group.models().stream())
            .filter(model -> provider(model).equals(provider))
            .findFirst()
            .orElse(group.usual());
  }

  /// The provider of what `name` means to somebody who prefers none.
  private String provider(String name) {
    var reference = chain(name, ModelGroup::usual).getLast();
    int slash = reference.indexOf('/');
    var id = slash < 0 ? reference : reference.substring(0, slash);
    var preset = presets.find(id);
    return preset == null ? id : preset.id();
  }
}
