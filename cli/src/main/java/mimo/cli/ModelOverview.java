package mimo.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import mimo.agent.provider.Origin;
import mimo.agent.provider.catalog.DefaultModel;
import mimo.agent.provider.catalog.KnownModel;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.agent.provider.catalog.ProviderListing.Reach;
import mimo.cli.command.ModelList;
import mimo.cli.command.ModelList.Capacity;
import mimo.cli.command.ModelList.KeyState;
import mimo.cli.command.ModelList.Where;
import mimo.cli.config.Configuration.Price;
import org.jspecify.annotations.Nullable;

/// Lists the models that presets, configuration and servers on this machine know.
///
/// @param aliases the user's own names, and what they mean
/// @param answers the models of the servers on this machine, by provider
record ModelOverview(Map<String, String> aliases, SortedMap<String, List<String>> answers) {

  private static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  private static final int MICRO_DIGITS = 6;

  ModelList of(List<ProviderListing> providers, DefaultModel chosen) {
    var lines = new ArrayList<ModelList.Line>();
    providers.forEach(provider -> lines.addAll(lines(provider)));
    lines.add(
        new ModelList.Line(
            "offline",
            Capacity.UNKNOWN,
            FREE,
            new KeyState(KeyState.Kind.NOT_NEEDED, List.of()),
            Where.NOWHERE));
    var names = new TreeMap<>(aliases);
    return switch (chosen) {
      case DefaultModel.Chosen(var reference, var why) ->
          new ModelList(lines, name(reference, names, providers), why, names);
      case DefaultModel.None(var message) -> new ModelList(lines, null, message, names);
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
    var ids = new TreeSet<>(provider.models().keySet());
    ids.addAll(answers.getOrDefault(provider.id(), List.of()));
    var where = new Where(provider.protocol().word(), address(provider));
    var lines = new ArrayList<ModelList.Line>();
    for (var id : ids) {
      var model = provider.models().getOrDefault(id, KnownModel.UNKNOWN);
      var price = model.price() == null && isFree(provider) ? FREE : price(model.price());
      lines.add(
          new ModelList.Line(
              provider.id() + "/" + id, capacity(model), price, key(provider), where));
    }
    return lines;
  }

  /// Without a password that may stand in it.
  private static String address(ProviderListing provider) {
    return provider.address().map(url -> Origin.of(url) + url.getPath()).orElse("");
  }

  private static Capacity capacity(KnownModel model) {
    var abilities =
        model.abilities().stream()
            .sorted()
            .map(ability -> ability.name().toLowerCase(Locale.ROOT))
            .toList();
    return new Capacity(model.window(), model.output(), abilities);
  }

  private static @Nullable Price price(mimo.agent.provider.@Nullable Price price) {
    return price == null
        ? null
        : new Price(
            usd(price.inputPerMillionMicroUsd()),
            usd(price.outputPerMillionMicroUsd()),
            usd(price.cacheReadPerMillionMicroUsd()));
  }

  private static BigDecimal usd(long micros) {
    var usd = BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros();
    return usd.scale() < 0 ? usd.setScale(0) : usd;
  }

  private static boolean isFree(ProviderListing provider) {
    return provider.reach() == Reach.THIS_MACHINE;
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
