package mimo.cli.config;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import mimo.agent.ContextLimits;
import mimo.agent.GoalLimits;
import mimo.agent.GuardLimits;
import mimo.agent.checkpoint.Thresholds;
import mimo.agent.hook.HookSettings;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.permission.Decision;
import mimo.agent.permission.PermissionRules;
import mimo.agent.provider.Effort;
import mimo.agent.provider.catalog.ProtocolName;
import mimo.cli.config.ConfigKey.Presence;
import mimo.cli.config.ConfigKey.Setter;

/// The one table of keys. Parser, schema, documentation and `mimo config` all follow it.
public final class ConfigKeys {

  static final int MAX_CONCURRENCY = 10_000;

  /// No model reads more; a larger number is a mistake.
  private static final int MAX_WINDOW = 100_000_000;

  /// Half an hour: nobody waits longer for one answer.
  private static final int MAX_PATIENCE = 1_800_000;

  private static final String EFFORT =
      "(" + Stream.of(Effort.values()).map(Effort::word).collect(Collectors.joining("|")) + ")";

  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String FOLDER = "(~?/[^:]*)";
  private static final ValueKind DECISION =
      new ValueKind.Choice(Stream.of(Decision.values()).map(Decision::word).toList());

  private static final List<ConfigKey> PLAIN =
      List.of(
          anyone("$schema", new ValueKind.Text(), "The schema of this file; for editors."),
          anyone(
              "model",
              new ValueKind.Text(),
              "The model where nothing else names one: provider/id or an alias."),
          anyone(
              "small_model",
              new ValueKind.Text(),
              "The model for small work; scripts and agents call it small."),
          anyone(
              "model_aliases.*", new ValueKind.Text(), "A short name and the model it stands for."),
          anyone(
              "model_groups.*",
              new ValueKind.Text(),
              "A short name and the model it stands for; ultra, standard and lite stand for the"
                  + " default model until they are set."),
          new ConfigKey(
              path("model_groups.*.default"),
              new ValueKind.Text(),
              Setter.ANYONE,
              Presence.REQUIRED,
              "The model a group stands for."),
          anyone(
              "model_groups.*.models",
              new ValueKind.Words(),
              "Models that stand in for it: of these, one at the provider of whoever asks."),
          anyone(
              "concurrency",
              new ValueKind.Whole(MAX_CONCURRENCY),
              "How many agents work at once, 1 to 10,000."),
          anyone("permission", DECISION, "What agents may do where nothing else says it."),
          anyone("permission.*", DECISION, "What agents may do with one kind of thing."),
          anyone("permission.*.*", DECISION, "The same for what a pattern means."),
          user(
              "deadline",
              new ValueKind.Time(),
              "How long processes may work on one run, such as 12h."),
          user(
              "daemon",
              new ValueKind.Choice(List.of("off", "auto")),
              "Whether a run that parks starts the daemon, which goes on with it: off or auto."),
          user(
              "sandbox.mode",
              new ValueKind.Choice(List.of("on", "off")),
              "Whether commands of agents run in a sandbox: on, or off, which gives them all rights"
                  + " you have."),
          user(
              "sandbox.network",
              new ValueKind.Choice(List.of("on", "off")),
              "Whether sandboxed commands reach the network without being allowed to: on or off."),
          user(
              "sandbox.environment",
              new ValueKind.Shaped(
                  VARIABLE + "( " + VARIABLE + ")*", "names of variables, such as 'JAVA_HOME CI'"),
              "Variables that commands get besides the usual few, with a space in between."),
          user(
              "sandbox.read",
              new ValueKind.Shaped(
                  FOLDER + "(:" + FOLDER + ")*", "folders that begin with / or ~/, with : between"),
              "Folders that sandboxed commands may read besides, with a colon in between."),
          user(
              "subagents.depth",
              new ValueKind.Whole(AgentLimits.SUBAGENT_DEPTH),
              "How many levels of subagents a session has: 1 to 3; with 1 none has any itself."),
          user(
              "max.candidates",
              new ValueKind.Whole(GuardLimits.CANDIDATES_LEAST, GuardLimits.CANDIDATES_MOST),
              "How many candidates a step has in Max Mode where nobody gives a number: 2 to 9."),
          user(
              "max.policy",
              new ValueKind.Choice(MaxMode.Policy.words()),
              "Which steps have them: always, or mutations for those that want to change"
                  + " something."),
          user(
              "memory.write",
              new ValueKind.Choice(List.of("on", "off")),
              "Whether agents may note what they want to remember: on or off. Checkpoints are"
                  + " always written."),
          user(
              "memory.location",
              new ValueKind.Choice(List.of("data", "repo")),
              "Where the memory of a project is: data, or repo for .mimocode/MEMORY.md in its"
                  + " repository, which counts once that is trusted."),
          user(
              "goal.judgeModel",
              new ValueKind.Text(),
              "The model that judges whether a goal is met: provider/id or an alias; unless it is"
                  + " set, the one that works towards it."),
          user(
              "goal.maxReentries",
              new ValueKind.Whole(GoalLimits.REENTRIES_MOST),
              "How often an agent with a goal is sent back until it is met: 1 to 100, 12 unless"
                  + " set."),
          user(
              "budget.hard",
              new ValueKind.Choice(List.of("on", "off")),
              "Whether a request is sent only if the most it can come to is left of the budget; off"
                  + " unless it is set: then each agent may pass it by one request."),
          user(
              "budget.cost",
              new ValueKind.Shaped(Amount.MONEY, "an amount of US dollars such as '0.50'"),
              "The most that one mimo run, or one message of a conversation, may cost, unless"
                  + " --max-cost says another amount."),
          user(
              "budget.tokens",
              new ValueKind.Shaped(Amount.TOKENS, "a number of tokens such as '200k'"),
              "The most tokens that models may say for it, unless --max-tokens says another"
                  + " number."),
          user(
              "budget.requests",
              new ValueKind.Whole(GuardLimits.BUDGET_REQUESTS),
              "The most requests to models for it, unless --max-requests says another number."),
          user(
              "budget.time",
              new ValueKind.Time(),
              "How long an agent may work on it, such as 30m, unless --timeout says another time."),
          user(
              "context.budget",
              new ValueKind.Whole(ContextLimits.CONTEXT_BUDGET_LEAST, ContextLimits.CONTEXT_BUDGET),
              "How many tokens a conversation may have before it is rebuilt; unless it is given,"
                  + " what its model takes."),
          user(
              "checkpoint.thresholds",
              new ValueKind.Shaped(
                  Thresholds.SHAPE + "( " + Thresholds.SHAPE + ")*",
                  "thresholds such as '45%', '100K' or '1.5M', with a space in between"),
              "At how many tokens of a conversation a checkpoint is written: 20% 45% 70% unless it"
                  + " is given."),
          user(
              "checkpoint.fork",
              new ValueKind.Choice(List.of("on", "off")),
              "Whether the writer of checkpoints is asked with all that the agent itself would be"
                  + " asked with, most of which its provider has in its cache: on, or off."),
          user("provider.*.options.baseURL", new ValueKind.Text(), "Where the provider is."),
          user(
              "provider.*.options.apiKey",
              new ValueKind.Secret(),
              "The provider's key; write {env:NAME} to take it from a variable."),
          user(
              "provider.*.options.protocol",
              new ValueKind.Choice(ProtocolName.words()),
              "What is spoken there."),
          user(
              "provider.*.options.cassette",
              new ValueKind.Text(),
              "For the provider offline: a recorded conversation to answer from."),
          user(
              "provider.*.options.connectTimeout",
              new ValueKind.Whole(MAX_PATIENCE),
              "How many milliseconds a connection may take to come about, 10,000 unless set."),
          user(
              "provider.*.options.chunkTimeout",
              new ValueKind.Whole(MAX_PATIENCE),
              "How many milliseconds the provider may be silent, 60,000 unless set."),
          required(
              "provider.*.models.*.cost.input", "What prompt tokens cost, in USD per million."),
          required(
              "provider.*.models.*.cost.output", "What answered tokens cost, in USD per million."),
          user(
              "provider.*.models.*.cost.cache_read",
              new ValueKind.Dollars(),
              "What prompt tokens from the provider's cache cost, in USD per million."),
          user(
              "provider.*.models.*.limit.context",
              new ValueKind.Whole(MAX_WINDOW),
              "How many tokens the model can take in; shown by mimo models."),
          user(
              "provider.*.models.*.limit.output",
              new ValueKind.Whole(MAX_WINDOW),
              "How many tokens the model can say at once; no more are asked for."),
          user(
              "provider.*.models.*.reasoning",
              new ValueKind.Flag(),
              "Whether the model thinks before it speaks."),
          user(
              "provider.*.models.*.interleaved",
              new ValueKind.Flag(),
              "Whether the model wants to see what it thought before its tool calls."),
          user(
              "provider.*.models.*.interleaved.field",
              new ValueKind.Choice(List.of("reasoning_content")),
              "The same, with the field it wants it in."),
          user(
              "provider.*.models.*.efforts",
              new ValueKind.Shaped(
                  EFFORT + "( " + EFFORT + ")*", "efforts such as 'low medium high'"),
              "How hard the model can be asked to think: some of off, minimal, low, medium, high,"
                  + " xhigh and max."),
          anyone(
              "mcp.*.type",
              new ValueKind.Choice(List.of("local", "remote")),
              "Whether the MCP server is a program of this machine or asked over HTTP."),
          anyone(
              "mcp.*.command",
              new ValueKind.Words(),
              "The program of a local MCP server, and its arguments."),
          anyone("mcp.*.url", new ValueKind.Text(), "Where a remote MCP server is."),
          anyone("mcp.*.enabled", new ValueKind.Flag(), "Whether the MCP server is used."),
          anyone(
              "mcp.*.timeout",
              new ValueKind.Whole(MAX_PATIENCE),
              "Milliseconds the MCP server may be silent before it answers."),
          user(
              "mcp.*.environment.*",
              new ValueKind.Secret(),
              "A variable the program of a local MCP server gets besides the usual few."),
          user(
              "mcp.*.headers.*",
              new ValueKind.Secret(),
              "What a remote MCP server is sent with each request, such as Authorization."),
          user(
              "mcp.*.network",
              new ValueKind.Choice(List.of("on", "off")),
              "Whether the program of a local MCP server reaches the network: on or off."));

  private static final List<ConfigKey> HOOKS =
      HookSettings.events().stream()
          .map(event ->
              user(
                  "hooks." + event,
                  new ValueKind.Hooks(event),
                  "Programs that run at " + event + "."))
          .toList();

  static final List<ConfigKey> ALL = Stream.of(PLAIN, HOOKS).flatMap(List::stream).toList();

  /// Keys of the tool this one follows, which mean nothing here yet (A78).
  static final List<List<String>> NOT_YET =
      Stream.of(
              "agent autoshare autoupdate command compaction default_agent disabled_providers"
                  + " enabled_providers enterprise experimental formatter instructions keybinds"
                  + " layout logLevel lsp mode plugin server share"
                  + " skills snapshot theme tools tui username watcher",
              "provider.*.api provider.*.blacklist provider.*.env provider.*.id provider.*.name"
                  + " provider.*.npm provider.*.whitelist",
              "mcp.*.cwd mcp.*.oauth",
              "provider.*.options.enterpriseUrl provider.*.options.headers"
                  + " provider.*.options.setCacheKey provider.*.options.timeout",
              "provider.*.models.*.attachment provider.*.models.*.experimental"
                  + " provider.*.models.*.family provider.*.models.*.headers"
                  + " provider.*.models.*.id"
                  + " provider.*.models.*.modalities provider.*.models.*.name"
                  + " provider.*.models.*.options provider.*.models.*.provider"
                  + " provider.*.models.*.release_date"
                  + " provider.*.models.*.status provider.*.models.*.temperature"
                  + " provider.*.models.*.tool_call provider.*.models.*.variants",
              "provider.*.models.*.cost.cache_write"
                  + " provider.*.models.*.cost.context_over_200k"
                  + " provider.*.models.*.limit.input")
          .flatMap(line -> Stream.of(line.split(" ", -1)))
          .map(ConfigKeys::path)
          .toList();

  private static final List<String> PERMISSION = List.of("permission");

  private ConfigKeys() {}

  /// Whether only certain names may stand in the object at `names`, although a pattern is its key.
  static boolean namesAreFixed(List<String> names) {
    return names.equals(PERMISSION);
  }

  /// The names that may stand in the object at `names`; `*` where any may.
  static List<String> namesIn(List<String> names) {
    if (names.equals(PERMISSION)) {
      return List.copyOf(PermissionRules.names());
    }
    var found = new TreeSet<String>();
    ALL.stream()
        .filter(key -> key.path().size() > names.size() && key.isBelow(names))
        .forEach(key -> found.add(key.path().get(names.size())));
    return List.copyOf(found);
  }

  /// The names at the top of a configuration.
  public static List<String> top() {
    return namesIn(List.of());
  }

  /// Whether `names` is something another tool knows and mimo does not yet.
  static boolean isNotYet(List<String> names) {
    return NOT_YET.stream().anyMatch(pattern -> ConfigKey.matches(pattern, names));
  }

  static List<String> path(String dotted) {
    return List.of(dotted.split("\\.", -1));
  }

  private static ConfigKey anyone(String path, ValueKind kind, String about) {
    return new ConfigKey(path(path), kind, Setter.ANYONE, Presence.OPTIONAL, about);
  }

  private static ConfigKey user(String path, ValueKind kind, String about) {
    return new ConfigKey(path(path), kind, Setter.USER_ONLY, Presence.OPTIONAL, about);
  }

  private static ConfigKey required(String path, String about) {
    return new ConfigKey(
        path(path), new ValueKind.Dollars(), Setter.USER_ONLY, Presence.REQUIRED, about);
  }
}
