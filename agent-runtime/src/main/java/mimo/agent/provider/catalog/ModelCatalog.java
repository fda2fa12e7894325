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
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.ModelSize;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
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
  private final KnownModels known = new KnownModels();
  private final EffortTable efforts = EffortTable.load();
  private final CatalogSettings settings;
  private final Keys keys;
  private final Ways ways;
  private final ShortNames names;
  private final Makers makers;
  private final DefaultChoice choice;
  private final Consumer<String> notices;

  private final Map<String, Provider> open = new ConcurrentHashMap<>();
  private final Set<String> unmapped = ConcurrentHashMap.newKeySet();
  private final ReentrantLock choosing = new ReentrantLock();
  private @Nullable DefaultModel chosen;

  /// Where providers come from: those spoken to over a network, and the scripted one.
  public record Makers(
      ProviderFactory chat, ProviderFactory responses, ProviderFactory messages, Provider offline) {

    ProviderFactory of(ProtocolName protocol) {
      return switch (protocol) {
        case OPENAI_CHAT -> chat;
        case OPENAI_RESPONSES -> responses;
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
    this.keys = new Keys(settings, surroundings.variables());
    this.ways = new Ways(settings, known, keys);
    this.names = new ShortNames(settings, presets);
    this.makers = makers;
    this.notices = notices;
    this.choice =
        new DefaultChoice(presets, settings, keys, surroundings.servers(), surroundings.watcher());
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
    return new Listings(presets, known, settings, keys).all();
  }

  /// Where a provider is reached, and what is spoken there.
  public record Reached(ProviderEndpoint endpoint, ProtocolName protocol) {}

  /// Where the provider called `id` is reached, with its key; empty if it cannot be told.
  public Optional<Reached> reached(String id) {
    var preset = presets.find(id);
    var way = preset == null ? ways.own(id) : ways.to(preset);
    if (way == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Reached(way.endpoint(id), way.protocol()));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  @Override
  public Resolution resolve(@Nullable String reference) {
    return resolve(reference, null);
  }

  @Override
  public Resolution resolve(@Nullable String reference, @Nullable String caller) {
    if (reference == null || reference.isBlank() || reference.equals("inherit")) {
      return resolveDefault();
    }
    var endless = names.endless(reference, caller);
    if (endless.isPresent()) {
      return unknown(endless.get());
    }
    var meant = names.meant(reference, caller);
    if (names(meant)) {
      return resolveNamed(meant);
    }
    if (!names.isDefault(meant) && unmapped.add(meant)) {
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
    var all = names.mapped();
    var own = all.isEmpty() ? "" : " Names of yours are " + String.join(", ", all) + ".";
    all.addAll(providerNames());
    var nearest = NearestName.of(name, all).map(near -> " Did you mean '" + near + "'?");
    return unknown(
        "there is no model '%s'.%s%s mimo models lists what there is"
            .formatted(name, nearest.orElse(""), own));
  }

  private SortedSet<String> providerNames() {
    var all = new TreeSet<>(settings.providers().keySet());
    presets.all().forEach(preset -> all.add(preset.id()));
    all.add(OFFLINE);
    return all;
  }

  /// The short names the user has mapped, each with what it means: by its full name where the
  /// settings tell that.
  public Map<String, String> aliases() {
    return names.mapped().stream()
        .collect(Collectors.toMap(name -> name, name -> whole(names.meant(name, null))));
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
    var name = reference == null ? "" : reference;
    var endless = names.endless(name, null);
    return endless.isPresent()
        ? endless.map(ModelCatalog::unknown)
        : settledName(names.meant(name, null));
  }

  private Optional<Resolution> settledName(String asked) {
    var usual = names(asked) ? asked : settings.model();
    if (usual == null || names.endless(usual, null).isPresent()) {
      return Optional.empty();
    }
    var meant = names.meant(usual, null);
    return names(meant) ? Optional.of(resolveNamed(meant)) : Optional.empty();
  }

  @Override
  public boolean maps(String name) {
    var meant = names.meant(name, null);
    return name.equals("inherit")
        || names.isDefault(meant)
        || names(meant)
        || names.endless(name, null).isPresent();
  }

  private Resolution resolveDefault() {
    return switch (defaultModel()) {
      case DefaultModel.None(var message) -> new Resolution.Unresolved("no_model", message);
      case DefaultModel.Chosen(var name, var why) ->
          names.endless(name, null).map(ModelCatalog::unknown).orElseGet(() -> chosen(name));
    };
  }

  private Resolution chosen(String name) {
    var meant = names.meant(name, null);
    return names(meant)
        ? resolveNamed(meant)
        : unknown(
            "the default model '"
                + meant
                + "' is neither provider/id nor in model_aliases or model_groups");
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
    var way = ways.to(preset);
    if (way.key() == null && !preset.keys().isEmpty()) {
      return new Resolution.Unresolved("no_key", noKey(preset));
    }
    return resolved(
        preset.id(), model, way, preset.place() == Place.THIS_MACHINE ? Price.FREE : null);
  }

  private String noKey(Preset preset) {
    return keys.belongsElsewhere(preset)
        .map(origin ->
            "the stored key of provider %s belongs to %s, and is sent nowhere else. "
                .formatted(preset.id(), origin))
        .orElse("provider " + preset.id() + " needs a key. ")
        .concat(
            ("Set %s, run mimo auth login %s, or set provider.%s.options.apiKey in the user's"
                    + " configuration.")
                .formatted(String.join(" or ", preset.keys()), preset.id(), preset.id()));
  }

  private Resolution resolveOwn(String id, String model) {
    var way = ways.own(id);
    if (way == null) {
      return new Resolution.Unresolved(
          "provider_config",
          "provider %s is not one mimo knows, so provider.%s.options.baseURL must say where it is."
              .formatted(id, id));
    }
    return model.isEmpty() ? noModelNamed(id) : resolved(id, model, way, null);
  }

  private Resolution resolved(String id, String model, Way way, @Nullable Price price) {
    try {
      var maker = makers.of(way.protocol());
      var provider = open.computeIfAbsent(id, key -> maker.open(way.endpoint(id)));
      var all = way.own().model(model).over(known.find(id, model));
      return new Resolution.Resolved(
          provider,
          model,
          all.price() == null ? price : all.price(),
          efforts(id, model, way),
          new ModelSize(all.window(), all.output()));
    } catch (IllegalArgumentException wrong) {
      return new Resolution.Unresolved(
          "provider_config", "provider " + id + ": " + wrong.getMessage());
    }
  }

  private EffortSupport efforts(String id, String model, Way way) {
    var said = way.own().model(model).efforts();
    return said.isEmpty()
        ? efforts.find(way.protocol(), id, model)
        : efforts.said(said, way.protocol(), id, model);
  }

  private static Resolution noModelNamed(String id) {
    return new Resolution.Unresolved(
        "model_unknown", "provider " + id + " has no default model; write " + id + "/model.");
  }

  private Resolution unknownProvider(String name, String provider) {
    var all = providerNames();
    var nearest =
        NearestName.of(provider, all).map(near -> " Did you mean '" + near + "'?").orElse("");
    return unknown(
        ("model '%s' names the unknown provider '%s'.%s Known are %s; another needs"
                + " provider.%s.options.baseURL")
            .formatted(name, provider, nearest, String.join(", ", all), provider));
  }

  private static Resolution unknown(String message) {
    return new Resolution.Unresolved("model_unknown", message + ".");
  }
}
