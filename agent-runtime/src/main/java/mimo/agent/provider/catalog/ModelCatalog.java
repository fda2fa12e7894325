package mimo.agent.provider.catalog;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.provider.ApiKey;
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Origin;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderFactory;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.catalog.Preset.Place;
import org.jspecify.annotations.Nullable;

/// What every model name means, from presets, the user's settings and the environment (A17–A20).
/// Thread-safe.
public final class ModelCatalog implements ModelResolver {

  static final String OFFLINE = "offline";
  private static final String OFFLINE_MODEL = "scripted";

  /// A script that is tried without a model should not be told what its models do not take.
  private static final EffortSupport ANY_EFFORT =
      new EffortSupport(EnumSet.allOf(Effort.class), Thinking.Manner.WORD);

  private final Presets presets = Presets.load();
  private final EffortTable efforts = EffortTable.load();
  private final CatalogSettings settings;
  private final Map<String, String> environment;
  private final Makers makers;
  private final DefaultChoice choice;
  private final Consumer<String> notices;

  private final Map<String, Provider> open = new ConcurrentHashMap<>();
  private final Set<String> unmapped = ConcurrentHashMap.newKeySet();
  private final ReentrantLock choosing = new ReentrantLock();
  private @Nullable DefaultModel chosen;

  /// Where providers come from: those spoken to over a network, and the scripted one.
  public record Makers(ProviderFactory chat, ProviderFactory messages, Provider offline) {

    ProviderFactory of(ProtocolName protocol) {
      return switch (protocol) {
        case OPENAI_CHAT -> chat;
        case ANTHROPIC -> messages;
      };
    }
  }

  /// What surrounds the process.
  ///
  /// @param variables the environment variables
  public record Surroundings(Map<String, String> variables, LocalServers servers, Watcher watcher) {
    public Surroundings {
      variables = Map.copyOf(variables);
    }

    /// Without the variables, some of which are keys.
    @Override
    public String toString() {
      return "Surroundings[" + watcher + "]";
    }
  }

  /// A catalog that tells `notices` what the user should know, each thing once.
  public ModelCatalog(
      CatalogSettings settings,
      Surroundings surroundings,
      Makers makers,
      Consumer<String> notices) {
    this.settings = settings;
    this.environment = surroundings.variables();
    this.makers = makers;
    this.notices = notices;
    this.choice =
        new DefaultChoice(
            presets, settings, environment, surroundings.servers(), surroundings.watcher());
  }

  /// The model used where nobody names one, and why. The first call may look for local servers.
  public DefaultModel defaultModel() {
    choosing.lock();
    try {
      var known = chosen;
      if (known == null) {
        var name = settings.model();
        known =
            name == null
                ? choice.choose()
                : new DefaultModel.Chosen(name, "model " + name + ", as configured");
        chosen = known;
      }
      return known;
    } finally {
      choosing.unlock();
    }
  }

  /// The providers there are, without asking any: presets in their order, then the user's own.
  public List<ProviderListing> providers() {
    return new Listings(presets, settings, environment).all();
  }

  /// Where a provider is reached, and what is spoken there.
  public record Reached(ProviderEndpoint endpoint, ProtocolName protocol) {}

  /// Where the provider called `id` is reached, with its key; empty if it cannot be told.
  public Optional<Reached> reached(String id) {
    var preset = presets.find(id);
    var own = preset == null ? settings.provider(id) : settings.provider(preset);
    var url = own.baseUrl() == null && preset != null ? preset.baseUrl() : own.baseUrl();
    if (url == null) {
      return Optional.empty();
    }
    var reach =
        preset == null
            ? new Reach(own, ProtocolName.OPENAI_CHAT, url, own.apiKey(), List.of(), Dialect.PLAIN)
            : new Reach(own, preset.protocol(), url, key(preset), preset.keys(), preset.dialect());
    try {
      return Optional.of(new Reached(endpoint(id, reach), reach.protocol()));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  @Override
  public Resolution resolve(@Nullable String reference) {
    if (reference == null || reference.isBlank() || reference.equals("inherit")) {
      return resolveDefault();
    }
    var meant = settings.aliases().getOrDefault(reference, reference);
    if (names(meant)) {
      return resolveNamed(meant);
    }
    if (unmapped.add(meant)) {
      notices.accept(
          "the model name '%s' is not mapped: the default model is used. Map it with"
                  .formatted(meant)
              + " model_aliases, or write provider/id.");
    }
    return resolveDefault();
  }

  /// What somebody means who names a model for a whole run. A name that nobody mapped is a mistake
  /// there: unlike a script, which may be written for other names, a person can be asked.
  public Resolution named(String reference) {
    return maps(reference) ? resolve(reference) : unknownName(reference);
  }

  private Resolution unknownName(String name) {
    var known = new TreeSet<>(settings.aliases().keySet());
    var own = known.isEmpty() ? "" : " Names of yours are " + String.join(", ", known) + ".";
    known.addAll(providerNames());
    var nearest = NearestName.of(name, known).map(near -> " Did you mean '" + near + "'?");
    return unknown(
        "there is no model '%s'.%s%s mimo models lists what there is"
            .formatted(name, nearest.orElse(""), own));
  }

  private SortedSet<String> providerNames() {
    var known = new TreeSet<>(settings.providers().keySet());
    presets.all().forEach(preset -> known.add(preset.id()));
    known.add(OFFLINE);
    return known;
  }

  /// The short names the user has mapped, each with what it means: by its full name where the
  /// settings tell that.
  public Map<String, String> aliases() {
    return settings.aliases().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, alias -> whole(alias.getValue())));
  }

  /// A provider's name alone means its usual model, which may be another one some day.
  private String whole(String name) {
    if (name.equals(OFFLINE)) {
      return OFFLINE + "/" + OFFLINE_MODEL;
    }
    var preset = presets.find(name);
    return preset == null || preset.model() == null ? name : preset.id() + "/" + preset.model();
  }

  /// What `reference` means by the settings alone, without a look at what runs on this machine:
  /// empty where only that look could tell. A name nobody mapped means the default model.
  public Optional<Resolution> settled(@Nullable String reference) {
    var asked = reference == null ? "" : settings.aliases().getOrDefault(reference, reference);
    return Stream.ofNullable(names(asked) ? asked : settings.model())
        .map(name -> settings.aliases().getOrDefault(name, name))
        .filter(this::names)
        .map(this::resolveNamed)
        .findFirst();
  }

  @Override
  public boolean maps(String name) {
    return name.equals("inherit") || names(settings.aliases().getOrDefault(name, name));
  }

  private Resolution resolveDefault() {
    return switch (defaultModel()) {
      case DefaultModel.None(var message) -> new Resolution.Unresolved("no_model", message);
      case DefaultModel.Chosen(var name, var why) -> {
        var meant = settings.aliases().getOrDefault(name, name);
        yield names(meant)
            ? resolveNamed(meant)
            : unknown(
                "the default model '" + meant + "' is neither provider/id nor in model_aliases");
      }
    };
  }

  /// Whether `name` is more than a short name nobody mapped.
  private boolean names(String name) {
    return name.indexOf('/') > 0
        || name.equals(OFFLINE)
        || presets.find(name) != null
        || settings.providers().containsKey(name);
  }

  private Resolution resolveNamed(String name) {
    int slash = name.indexOf('/');
    var provider = slash < 0 ? name : name.substring(0, slash);
    var model = slash < 0 ? "" : name.substring(slash + 1);
    if (provider.equals(OFFLINE)) {
      return new Resolution.Resolved(
          makers.offline(), model.isEmpty() ? OFFLINE_MODEL : model, Price.FREE, ANY_EFFORT);
    }
    var preset = presets.find(provider);
    if (preset == null && !settings.providers().containsKey(provider)) {
      return unknownProvider(name, provider);
    }
    return preset == null ? resolveOwn(provider, model) : resolvePreset(preset, model);
  }

  private Resolution resolvePreset(Preset preset, String named) {
    var model = named.isEmpty() && preset.model() != null ? preset.model() : named;
    if (model.isEmpty()) {
      return noModelNamed(preset.id());
    }
    var key = key(preset);
    if (key == null && !preset.keys().isEmpty()) {
      return new Resolution.Unresolved(
          "no_key",
          ("provider %s needs a key. Set %s, or provider.%s.options.apiKey in the user's"
                  + " configuration.")
              .formatted(preset.id(), String.join(" or ", preset.keys()), preset.id()));
    }
    var own = settings.provider(preset);
    var url = own.baseUrl() == null ? preset.baseUrl() : own.baseUrl();
    var reach = new Reach(own, preset.protocol(), url, key, preset.keys(), preset.dialect());
    return resolved(
        preset.id(), model, reach, preset.place() == Place.THIS_MACHINE ? Price.FREE : null);
  }

  private Resolution resolveOwn(String id, String model) {
    var own = settings.provider(id);
    if (own.baseUrl() == null) {
      return new Resolution.Unresolved(
          "provider_config",
          "provider %s is not one mimo knows, so provider.%s.options.baseURL must say where it is."
              .formatted(id, id));
    }
    if (model.isEmpty()) {
      return noModelNamed(id);
    }
    var reach =
        new Reach(
            own, ProtocolName.OPENAI_CHAT, own.baseUrl(), own.apiKey(), List.of(), Dialect.PLAIN);
    return resolved(id, model, reach, null);
  }

  /// How to get to a provider, not yet checked.
  ///
  /// @param usual what is spoken there if the user says nothing else
  private record Reach(
      ProviderSettings own,
      ProtocolName usual,
      String url,
      @Nullable String key,
      List<String> keyVariables,
      Dialect dialect) {

    ProtocolName protocol() {
      var said = own.protocol();
      return said == null ? usual : said;
    }
  }

  private Resolution resolved(String id, String model, Reach reach, @Nullable Price price) {
    try {
      var maker = makers.of(reach.protocol());
      var provider = open.computeIfAbsent(id, key -> maker.open(endpoint(id, reach)));
      var own = reach.own().prices().get(model);
      return new Resolution.Resolved(
          provider, model, own == null ? price : own, efforts(id, model, reach));
    } catch (IllegalArgumentException wrong) {
      return new Resolution.Unresolved(
          "provider_config", "provider " + id + ": " + wrong.getMessage());
    }
  }

  private EffortSupport efforts(String id, String model, Reach reach) {
    var said = reach.own().efforts().get(model);
    return said == null
        ? efforts.find(reach.protocol(), id, model)
        : efforts.said(said, reach.protocol(), id, model);
  }

  private ProviderEndpoint endpoint(String id, Reach reach) {
    var url = Origin.address(reach.url());
    return new ProviderEndpoint(
        id,
        url,
        reach.key() == null ? null : ApiKey.of(reach.key(), url),
        reach.keyVariables(),
        reach.dialect(),
        reach.own().patience());
  }

  private @Nullable String key(Preset preset) {
    var own = settings.provider(preset).apiKey();
    if (own != null) {
      return own;
    }
    return preset.keys().stream()
        .map(variable -> environment.getOrDefault(variable, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .orElse(null);
  }

  private static Resolution noModelNamed(String id) {
    return new Resolution.Unresolved(
        "model_unknown", "provider " + id + " has no default model; write " + id + "/model.");
  }

  private Resolution unknownProvider(String name, String provider) {
    var known = providerNames();
    var nearest =
        NearestName.of(provider, known).map(near -> " Did you mean '" + near + "'?").orElse("");
    return unknown(
        ("model '%s' names the unknown provider '%s'.%s Known are %s; another needs"
                + " provider.%s.options.baseURL")
            .formatted(name, provider, nearest, String.join(", ", known), provider));
  }

  private static Resolution unknown(String message) {
    return new Resolution.Unresolved("model_unknown", message + ".");
  }
}
