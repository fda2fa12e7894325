package mimo.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.AgentSettings.Unmapped;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.permission.Grant;
import mimo.cli.grant.RunGrants;
import mimo.compose.ComposeOptions;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.Dialect;
import mimo.compose.SpendingLimit;
import mimo.engine.BudgetLimit;
import org.jspecify.annotations.Nullable;

/// Every launch option of a run (D4), journaled with it as JSON that the engine does not interpret.
///
/// @param script what errors call the script
/// @param workspace the folder the agents work in
/// @param model the run's default model, resolved to `provider/id`
/// @param concurrency how many agents work at once
/// @param arguments whether the script was given arguments
/// @param limit what the run may spend
/// @param maxAgents how many agents the run may start
/// @param maxItems how many members one `parallel`, `pipeline` or `dag` may have
/// @param dialect the habits the script is written for
/// @param document the file that receives a text result, if any
/// @param agents the agents that have a name, by it, as they were at the run's start
/// @param unmapped what a model's name that is not mapped comes to
/// @param scriptModels whether the models count that scripts run by others have
/// @param aliases the short names of models and what they meant; empty for a run of before that was
///   noted
/// @param grants what the script asked for and what was said; empty if it asked for nothing
public record RunOptions(
    String script,
    Path workspace,
    String model,
    int concurrency,
    Arguments arguments,
    Optional<SpendingLimit> limit,
    int maxAgents,
    int maxItems,
    Dialect dialect,
    Optional<Path> document,
    Map<String, AgentDefinition> agents,
    Unmapped unmapped,
    ScriptModels scriptModels,
    Optional<Map<String, String>> aliases,
    Optional<RunGrants> grants) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GRANTS = "permissions";

  /// What the script is launched with.
  ComposeOptions compose() {
    return new ComposeOptions(
        arguments, workspace.toString(), limit, maxAgents, maxItems, dialect, digests());
  }

  /// What names of models mean in the run.
  public ModelNames names() {
    return new ModelNames(model, aliases);
  }

  RunOptions withConcurrency(int agents) {
    return with(model, agents, limit, scriptModels);
  }

  RunOptions withLimit(SpendingLimit most) {
    return with(model, concurrency, Optional.of(most), scriptModels);
  }

  /// @param reference resolved to `provider/id`
  RunOptions withModel(String reference, ScriptModels others) {
    return with(reference, concurrency, limit, others);
  }

  /// The same with what names mean by now: those of agents, and those of models.
  RunOptions withNames(Map<String, AgentDefinition> named, Map<String, String> models) {
    return new RunOptions(
        script,
        workspace,
        model,
        concurrency,
        arguments,
        limit,
        maxAgents,
        maxItems,
        dialect,
        document,
        named,
        unmapped,
        scriptModels,
        Optional.of(models),
        grants);
  }

  private RunOptions with(
      String reference, int atOnce, Optional<SpendingLimit> most, ScriptModels others) {
    return new RunOptions(
        script, workspace, reference, atOnce, arguments, most, maxAgents, maxItems, dialect,
        document, agents, unmapped, others, aliases, grants);
  }

  /// @param said to what the script asks for
  RunOptions withGrants(Optional<RunGrants> said) {
    return new RunOptions(
        script,
        workspace,
        model,
        concurrency,
        arguments,
        limit,
        maxAgents,
        maxItems,
        dialect,
        document,
        agents,
        unmapped,
        scriptModels,
        aliases,
        said);
  }

  /// What agents of the run may do without being asked.
  public List<Grant> granted() {
    return grants.map(RunGrants::granted).orElse(List.of());
  }

  private Map<String, String> digests() {
    var digests = new TreeMap<String, String>();
    everyAgent().forEach((name, agent) -> digests.put(name, agent.digest()));
    return digests;
  }

  /// All agents that have a name: those of files, and mimo's own.
  public Map<String, AgentDefinition> everyAgent() {
    return withBuiltins(agents);
  }

  /// These and mimo's own, whose names may be taken. A run is started with all of them, so that
  /// another version of mimo resumes it with what they were.
  static Map<String, AgentDefinition> withBuiltins(Map<String, AgentDefinition> agents) {
    var all = new TreeMap<>(agents);
    BuiltinAgents.all().forEach(builtin -> all.putIfAbsent(builtin.name(), builtin));
    return all;
  }

  /// What the engine enforces.
  BudgetLimit budget() {
    return limit
        .<BudgetLimit>map(SpendingLimit::toBudget)
        .orElseGet(() -> new BudgetLimit.Unlimited(SpendingLimit.Unit.TOKENS.measure()));
  }

  String toJson() {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("script", script)
            .put("workspace", workspace.toString())
            .put("model", model)
            .put("concurrency", concurrency)
            .put("arguments", arguments == Arguments.GIVEN)
            .put("maxAgents", maxAgents)
            .put("maxItems", maxItems)
            .put("dialect", dialect.word());
    limit.ifPresent(spending ->
        json.putObject("budget")
            .put("unit", spending.unit().word())
            .put("amount", spending.amount()));
    document.ifPresent(file -> json.put("document", file.toString()));
    if (!agents.isEmpty()) {
      json.set("agents", DefinitionJson.write(agents));
    }
    if (unmapped == Unmapped.REFUSED) {
      json.put("strict", true);
    }
    if (scriptModels == ScriptModels.YIELD) {
      json.put("modelForAll", true);
    }
    aliases.ifPresent(names -> {
      var table = json.putObject("aliases");
      new TreeMap<>(names).forEach(table::put);
    });
    grants.ifPresent(said -> said.into(json.putObject(GRANTS)));
    return json.toString();
  }

  /// Reads what [#toJson] wrote.
  static RunOptions parse(String text) {
    try {
      var json = JSON.readTree(text);
      return new RunOptions(
          json.path("script").asText(),
          Path.of(json.path("workspace").asText()),
          json.path("model").asText(),
          json.path("concurrency").asInt(),
          json.path("arguments").asBoolean() ? Arguments.GIVEN : Arguments.NONE,
          Optional.ofNullable(limit(json.get("budget"))),
          json.path("maxAgents").asInt(),
          json.path("maxItems").asInt(ComposeOptions.DEFAULT_MAX_ITEMS),
          // Runs of before there were dialects were of this one.
          Dialect.parse(json.path("dialect").asText(Dialect.CLAUDE.word())),
          Optional.ofNullable(json.get("document")).map(file -> Path.of(file.asText())),
          DefinitionJson.read(json.get("agents")),
          json.path("strict").asBoolean() ? Unmapped.REFUSED : Unmapped.USES_THE_RUNS_MODEL,
          json.path("modelForAll").asBoolean() ? ScriptModels.YIELD : ScriptModels.COUNT,
          Optional.ofNullable(json.get("aliases")).map(RunOptions::names),
          Optional.ofNullable(json.get(GRANTS)).map(RunGrants::read));
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException("run options are no JSON: " + text, failure);
    }
  }

  /// Options that somebody else may have written, without what was agreed to: nobody here did. What
  /// cannot be read stays as it is, and is never read.
  static String fromElsewhere(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode options && options.remove(GRANTS) != null
          ? options.toString()
          : text;
    } catch (JsonProcessingException noOptions) {
      return text;
    }
  }

  private static Map<String, String> names(JsonNode table) {
    var names = new TreeMap<String, String>();
    table.properties().forEach(name -> names.put(name.getKey(), name.getValue().asText()));
    return names;
  }

  private static @Nullable SpendingLimit limit(@Nullable JsonNode budget) {
    if (budget == null) {
      return null;
    }
    var unit =
        budget.path("unit").asText().equals(SpendingLimit.Unit.USD.word())
            ? SpendingLimit.Unit.USD
            : SpendingLimit.Unit.TOKENS;
    return new SpendingLimit(unit, budget.path("amount").asLong());
  }
}
