package mimo.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import mimo.agent.provider.catalog.DefaultModel;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.agent.provider.catalog.ProviderListing.Reach;
import mimo.cli.command.ModelList;
import mimo.cli.command.ModelList.KeyState;
import mimo.cli.config.Configuration;
import mimo.cli.config.Configuration.ModelSection;
import mimo.cli.config.Configuration.Price;

/// Lists the models that presets, configuration and servers on this machine know.
///
/// @param answers the models of the servers on this machine, by provider
record ModelOverview(Configuration configuration, SortedMap<String, List<String>> answers) {

  private static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  private static final ModelSection UNKNOWN = new ModelSection(null, null, Set.of());

  ModelList of(List<ProviderListing> providers, DefaultModel chosen) {
    var lines = new ArrayList<ModelList.Line>();
    providers.forEach(provider -> lines.addAll(lines(provider)));
    lines.add(
        new ModelList.Line(
            "offline", null, FREE, new KeyState(KeyState.Kind.NOT_NEEDED, List.of())));
    var aliases = new TreeMap<>(configuration.modelAliases());
    return switch (chosen) {
      case DefaultModel.Chosen(var reference, var why) ->
          new ModelList(lines, name(reference, aliases, providers), why, aliases);
      case DefaultModel.None(var message) -> new ModelList(lines, null, message, aliases);
    };
  }

  /// The full name of what a default may be called: an alias, or a provider alone.
  private static String name(
      String reference, SortedMap<String, String> aliases, List<ProviderListing> providers) {
    var meant = aliases.getOrDefault(reference, reference);
    return providers.stream()
        .filter(provider -> meant.equals(provider.id()) || meant.equals(provider.alias()))
        .filter(provider -> provider.model() != null)
        .map(provider -> provider.id() + "/" + provider.model())
        .findFirst()
        .orElse(meant);
  }

  private List<ModelList.Line> lines(ProviderListing provider) {
    var settings = settings(provider);
    var ids = new TreeSet<>(provider.models());
    ids.addAll(settings.keySet());
    ids.addAll(answers.getOrDefault(provider.id(), List.of()));
    var lines = new ArrayList<ModelList.Line>();
    for (var id : ids) {
      var model = settings.getOrDefault(id, UNKNOWN);
      var price = model.price() == null && isFree(provider) ? FREE : model.price();
      lines.add(new ModelList.Line(provider.id() + "/" + id, model.window(), price, key(provider)));
    }
    return lines;
  }

  private static boolean isFree(ProviderListing provider) {
    return provider.reach() == Reach.THIS_MACHINE;
  }

  /// What is configured of a provider's models, under its name or its other name.
  private SortedMap<String, ModelSection> settings(ProviderListing provider) {
    var own = configuration.providers().get(provider.id());
    if (own == null && provider.alias() != null) {
      own = configuration.providers().get(provider.alias());
    }
    return own == null ? new TreeMap<>() : new TreeMap<>(own.models());
  }

  private static KeyState key(ProviderListing provider) {
    if (provider.lacksKey()) {
      return new KeyState(KeyState.Kind.MISSING, provider.keyVariables());
    }
    return provider.keySource().isEmpty()
        ? new KeyState(KeyState.Kind.NOT_NEEDED, List.of())
        : new KeyState(KeyState.Kind.SET, List.of(provider.keySource()));
  }
}
