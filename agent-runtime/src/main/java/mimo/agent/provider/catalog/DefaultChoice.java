package mimo.agent.provider.catalog;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import mimo.agent.provider.Origin;
import mimo.agent.provider.ProviderLimits;

/// Chooses a model where the user has not (A20): the first preset whose key is set, then a server
/// on this machine, then the scripted model for someone who watches.
final class DefaultChoice {

  private static final List<String> LOCAL = List.of("ollama", "llama-server");
  private static final String OFFLINE = "offline";

  private final Presets presets;
  private final CatalogSettings settings;
  private final Keys keys;
  private final LocalServers servers;
  private final Watcher watcher;

  DefaultChoice(
      Presets presets, CatalogSettings settings, Keys keys, LocalServers servers, Watcher watcher) {
    this.presets = presets;
    this.settings = settings;
    this.keys = keys;
    this.servers = servers;
    this.watcher = watcher;
  }

  DefaultModel choose() {
    for (var preset : presets.all()) {
      var source = keys.source(preset);
      if (!source.isEmpty()) {
        var reference = preset.id() + "/" + preset.model();
        return new DefaultModel.Chosen(reference, "model " + reference + ", since " + held(source));
      }
    }
    return chooseLocal();
  }

  private DefaultModel chooseLocal() {
    var urls = LOCAL.stream().map(this::url).toList();
    var models = servers.firstModels(urls, ProviderLimits.PROBE);
    for (int i = 0; i < LOCAL.size(); i++) {
      if (models.get(i).isPresent()) {
        var reference = LOCAL.get(i) + "/" + models.get(i).get();
        return new DefaultModel.Chosen(
            reference,
            "model " + reference + ", since no key is set and " + urls.get(i) + " answers");
      }
    }
    return switch (watcher) {
      case TERMINAL ->
          new DefaultModel.Chosen(
              OFFLINE,
              "model offline (scripted answers, not a language model), since no key is set and"
                  + " no model server answers here");
      case NOBODY -> new DefaultModel.None(nothing());
    };
  }

  private String nothing() {
    var variables =
        presets.all().stream()
            .flatMap(preset -> preset.keys().stream().limit(1))
            .collect(Collectors.joining(", "));
    return "no model is configured, no key is set, and neither ollama nor llama-server answers on"
        + " this machine. Set one of "
        + variables
        + ", store a key by mimo auth login, or name a model: --model provider/id, or --model"
        + " offline for scripted answers.";
  }

  private static String held(String source) {
    return source.equals(ProviderListing.STORE)
        ? ProviderListing.STORE + " holds its key"
        : source + " is set";
  }

  /// Where to look; an address nobody can read is told about when the model is resolved.
  private URI url(String id) {
    var preset = presets.find(id);
    if (preset == null) {
      throw new IllegalStateException("presets.json lacks " + id);
    }
    var own = settings.provider(preset).baseUrl();
    try {
      return Origin.address(own == null ? preset.baseUrl() : own);
    } catch (IllegalArgumentException _) {
      return URI.create(preset.baseUrl());
    }
  }
}
