package mimo.cli.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import mimo.agent.GoalLimits;
import mimo.agent.checkpoint.Thresholds;
import mimo.agent.hook.Hook;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.maxmode.MaxMode.Policy;
import mimo.agent.permission.Rule;
import mimo.agent.provider.Effort;
import mimo.agent.provider.catalog.ModelGroup;
import mimo.agent.provider.catalog.ProtocolName;
import mimo.agent.provider.catalog.ProviderSettings;
import mimo.agent.provider.catalog.StoredKey;
import org.jspecify.annotations.Nullable;

/// What the user configured. Absent means: as if the key were not there.
///
/// @param model the model to use when nothing names one, `provider/id` or an alias
/// @param providers settings by provider id
/// @param modelAliases short names and the models they stand for
/// @param smallModel the model for small work, `provider/id` or an alias
/// @param modelGroups short names and the models that may be meant
/// @param keys those stored beside the configuration, by provider
/// @param concurrency how many agents work at once
/// @param deadline how long processes may work on one run
/// @param daemon whether a run that parks starts the daemon
/// @param sandbox how commands of agents are walled in
/// @param subagentDepth how many levels of subagents a session has
/// @param permissions what agents may do, of all sources: they are weighed, none replaces another
/// @param hooks what runs at which event; those of a repository are not among them
/// @param memory how things are remembered
/// @param goal how goals are judged
/// @param max what is meant where somebody wants Max Mode and says no more
/// @param budget what may be spent where nobody says more
public record Configuration(
    @Nullable String model,
    Map<String, ProviderSection> providers,
    Map<String, String> modelAliases,
    @Nullable String smallModel,
    Map<String, ModelGroup> modelGroups,
    Map<String, StoredKey> keys,
    @Nullable Integer concurrency,
    @Nullable Duration deadline,
    DaemonStart daemon,
    SandboxSection sandbox,
    int subagentDepth,
    List<Rule> permissions,
    List<Hook> hooks,
    MemorySection memory,
    GoalSection goal,
    MaxMode max,
    BudgetSection budget) {

  public static final Configuration EMPTY =
      new Configuration(
          null,
          Map.of(),
          Map.of(),
          null,
          Map.of(),
          Map.of(),
          null,
          null,
          DaemonStart.OFF,
          SandboxSection.DEFAULT,
          1,
          List.of(),
          List.of(),
          MemorySection.DEFAULT,
          GoalSection.DEFAULT,
          MaxMode.USUAL,
          BudgetSection.DEFAULT);

  /// When a daemon starts that nobody has started.
  public enum DaemonStart {
    OFF,
    /// Once a run parks that it can go on with.
    AUTO
  }

  public Configuration {
    providers = Map.copyOf(providers);
    modelAliases = Map.copyOf(modelAliases);
    modelGroups = Map.copyOf(modelGroups);
    keys = Map.copyOf(keys);
    permissions = List.copyOf(permissions);
    hooks = List.copyOf(hooks);
  }

  /// One without hooks, and with the usual memory.
  public Configuration(
      @Nullable String model,
      Map<String, ProviderSection> providers,
      Map<String, String> modelAliases,
      @Nullable String smallModel,
      Map<String, ModelGroup> modelGroups,
      Map<String, StoredKey> keys,
      @Nullable Integer concurrency,
      @Nullable Duration deadline,
      DaemonStart daemon,
      SandboxSection sandbox,
      int subagentDepth,
      List<Rule> permissions) {
    this(
        model,
        providers,
        modelAliases,
        smallModel,
        modelGroups,
        keys,
        concurrency,
        deadline,
        daemon,
        sandbox,
        subagentDepth,
        permissions,
        List.of(),
        MemorySection.DEFAULT,
        GoalSection.DEFAULT,
        MaxMode.USUAL,
        BudgetSection.DEFAULT);
  }

  /// The configuration these values make; each key stands in them once.
  ///
  /// @param permissions all rules, also those with the same key
  static Configuration of(List<ConfigEntry> values, List<Rule> permissions) {
    var tree = new ValueTree(values);
    var providers = new TreeMap<String, ProviderSection>();
    for (var id : tree.namesBelow("provider")) {
      providers.put(id, provider(tree, id));
    }
    var aliases = new TreeMap<String, String>();
    for (var alias : tree.namesBelow("model_aliases")) {
      var meant = tree.text("model_aliases", alias);
      if (meant != null) {
        aliases.put(alias, meant);
      }
    }
    var deadline = tree.text("deadline");
    var depth = tree.whole("subagents", "depth");
    return new Configuration(
        tree.text("model"),
        providers,
        aliases,
        tree.text("small_model"),
        groups(tree),
        Map.of(),
        tree.whole("concurrency"),
        deadline == null ? null : Span.parse(deadline).orElse(null),
        "auto".equals(tree.text("daemon")) ? DaemonStart.AUTO : DaemonStart.OFF,
        sandbox(tree),
        depth == null ? 1 : depth,
        permissions,
        ConfiguredHooks.of(values),
        new MemorySection(
            !"off".equals(tree.text("memory", "write")),
            "repo".equals(tree.text("memory", "location")),
            tree.whole("context", "budget"),
            thresholds(tree.text("checkpoint", "thresholds")),
            "on".equals(tree.text("checkpoint", "fork"))),
        new GoalSection(
            tree.text("goal", "judgeModel"),
            Objects.requireNonNullElse(tree.whole("goal", "maxReentries"), GoalLimits.REENTRIES)),
        max(tree),
        BudgetSection.of(tree));
  }

  private static Thresholds thresholds(@Nullable String words) {
    return words == null ? Thresholds.USUAL : Thresholds.of(List.of(words.split(" ", -1)));
  }

  private static MaxMode max(ValueTree tree) {
    var candidates = tree.whole("max", "candidates");
    var policy = tree.text("max", "policy");
    return new MaxMode(
        candidates == null ? MaxMode.USUAL.candidates() : candidates,
        Policy.of(policy == null ? "" : policy).orElse(MaxMode.USUAL.policy()));
  }

  /// The same, where commands of agents have all rights the user has.
  public Configuration withoutSandbox() {
    var none = new SandboxSection(false, sandbox.network(), sandbox.environment(), sandbox.read());
    return new Configuration(
        model,
        providers,
        modelAliases,
        smallModel,
        modelGroups,
        keys,
        concurrency,
        deadline,
        daemon,
        none,
        subagentDepth,
        permissions,
        hooks,
        memory,
        goal,
        max,
        budget);
  }

  /// The same, with the keys the user has stored.
  public Configuration withKeys(Map<String, StoredKey> stored) {
    return new Configuration(
        model,
        providers,
        modelAliases,
        smallModel,
        modelGroups,
        stored,
        concurrency,
        deadline,
        daemon,
        sandbox,
        subagentDepth,
        permissions,
        hooks,
        memory,
        goal,
        max,
        budget);
  }

  private static Map<String, ModelGroup> groups(ValueTree tree) {
    var groups = new TreeMap<String, ModelGroup>();
    for (var name : tree.namesBelow("model_groups")) {
      var alone = tree.text("model_groups", name);
      var usual = alone == null ? tree.text("model_groups", name, "default") : alone;
      if (usual != null) {
        groups.put(name, new ModelGroup(usual, tree.words("model_groups", name, "models")));
      }
    }
    return groups;
  }

  /// A word that is not one of the known ones gives no right.
  private static SandboxSection sandbox(ValueTree tree) {
    return new SandboxSection(
        !"off".equals(tree.text("sandbox", "mode")),
        "on".equals(tree.text("sandbox", "network")),
        words(tree.text("sandbox", "environment"), " "),
        words(tree.text("sandbox", "read"), ":"));
  }

  private static List<String> words(@Nullable String text, String between) {
    return text == null ? List.of() : List.of(text.split(between, -1));
  }

  private static ProviderSection provider(ValueTree tree, String id) {
    var models = new TreeMap<String, ModelSection>();
    for (var model : tree.namesBelow("provider", id, "models")) {
      models.put(model, model(tree, id, model));
    }
    var protocol = tree.text("provider", id, "options", "protocol");
    return new ProviderSection(
        tree.text("provider", id, "options", "baseURL"),
        tree.text("provider", id, "options", "apiKey"),
        protocol == null ? null : ProtocolName.of(protocol),
        tree.text("provider", id, "options", "cassette"),
        models,
        new Waits(
            tree.whole("provider", id, "options", "connectTimeout"),
            tree.whole("provider", id, "options", "chunkTimeout")));
  }

  private static ModelSection model(ValueTree tree, String id, String model) {
    var field = tree.text("provider", id, "models", model, "interleaved", "field");
    return new ModelSection(
        price(tree, id, model),
        tree.whole("provider", id, "models", model, "limit", "context"),
        tree.whole("provider", id, "models", model, "limit", "output"),
        efforts(tree.text("provider", id, "models", model, "efforts")),
        tree.flag("provider", id, "models", model, "reasoning"),
        field == null ? tree.flag("provider", id, "models", model, "interleaved") : Boolean.TRUE);
  }

  private static Set<Effort> efforts(@Nullable String words) {
    return words == null ? Set.of() : ProviderSettings.efforts(words);
  }

  private static @Nullable Price price(ValueTree tree, String id, String model) {
    var input = tree.number("provider", id, "models", model, "cost", "input");
    var output = tree.number("provider", id, "models", model, "cost", "output");
    return input == null || output == null
        ? null
        : new Price(
            input, output, tree.number("provider", id, "models", model, "cost", "cache_read"));
  }

  /// One provider's settings.
  ///
  /// @param baseUrl where it is
  /// @param apiKey its key; never shown
  /// @param protocol what is spoken there
  /// @param cassette a recorded conversation, for the provider `offline`
  /// @param models settings by model id
  /// @param waits how long it may be silent
  public record ProviderSection(
      @Nullable String baseUrl,
      @Nullable String apiKey,
      @Nullable ProtocolName protocol,
      @Nullable String cassette,
      Map<String, ModelSection> models,
      Waits waits) {

    public ProviderSection {
      models = Map.copyOf(models);
    }

    /// A provider that may be silent as long as any.
    public ProviderSection(
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable ProtocolName protocol,
        @Nullable String cassette,
        Map<String, ModelSection> models) {
      this(baseUrl, apiKey, protocol, cassette, models, Waits.USUAL);
    }

    /// A key is a secret: it appears in no text.
    @Override
    public String toString() {
      return "ProviderSection[baseUrl=%s, protocol=%s, models=%s]"
          .formatted(baseUrl, protocol, models);
    }
  }

  /// How long a provider may be silent, in milliseconds.
  ///
  /// @param connect until a connection has come about; null if nobody said
  /// @param chunk until the next piece of a reply; null if nobody said
  public record Waits(@Nullable Integer connect, @Nullable Integer chunk) {

    public static final Waits USUAL = new Waits(null, null);
  }

  /// One model's settings; null is what nobody said.
  ///
  /// @param price what it costs
  /// @param window how many tokens it can take in
  /// @param output how many tokens it can say at once
  /// @param efforts how hard it can be asked to think; empty if nobody said
  /// @param reasoning whether it thinks before it speaks
  /// @param interleaved whether it wants to see what it thought before its tool calls
  public record ModelSection(
      @Nullable Price price,
      @Nullable Integer window,
      @Nullable Integer output,
      Set<Effort> efforts,
      @Nullable Boolean reasoning,
      @Nullable Boolean interleaved) {

    public ModelSection {
      efforts = Set.copyOf(efforts);
    }
  }

  /// US dollars per million tokens.
  ///
  /// @param cacheRead for input read from the provider's cache; null if not told apart
  public record Price(BigDecimal input, BigDecimal output, @Nullable BigDecimal cacheRead) {}

  /// How things are remembered.
  ///
  /// @param writes whether agents may add something
  /// @param inRepository whether a project's memory is kept in its repository
  /// @param budget tokens a conversation may have; null for what its model takes
  /// @param thresholds when checkpoints are written
  /// @param forked whether their writer is asked as the agent itself would be
  public record MemorySection(
      boolean writes,
      boolean inRepository,
      @Nullable Integer budget,
      Thresholds thresholds,
      boolean forked) {

    static final MemorySection DEFAULT =
        new MemorySection(true, false, null, Thresholds.USUAL, false);
  }

  /// How goals are judged.
  ///
  /// @param judgeModel who judges; null for whoever works towards the goal
  /// @param maxReentries how often an agent is sent back
  public record GoalSection(@Nullable String judgeModel, int maxReentries) {

    static final GoalSection DEFAULT = new GoalSection(null, GoalLimits.REENTRIES);
  }

  /// How commands of agents are walled in.
  ///
  /// @param on whether they are
  /// @param network whether they reach the network unasked
  /// @param environment variables they get besides the usual few
  /// @param read folders they may read besides, absolute or from `~/`
  public record SandboxSection(
      boolean on, boolean network, List<String> environment, List<String> read) {

    static final SandboxSection DEFAULT = new SandboxSection(true, false, List.of(), List.of());

    public SandboxSection {
      environment = List.copyOf(environment);
      read = List.copyOf(read);
    }
  }
}
