package mimo.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.AgentTraits;
import mimo.agent.definition.AgentTraits.Mode;
import mimo.agent.definition.AgentTraits.Rights;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.definition.ToolChoice;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Rule;
import mimo.agent.provider.Effort;
import org.jspecify.annotations.Nullable;

/// Definitions of agents as the options of a run hold them: a run keeps those it was started with
/// (D4).
final class DefinitionJson {

  private DefinitionJson() {}

  static ObjectNode write(Map<String, AgentDefinition> agents) {
    var json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(agents)
        .forEach((name, agent) -> {
          var entry = json.putObject(name).put("description", agent.description());
          if (agent.model() != null) {
            entry.put("model", agent.model());
          }
          if (agent.effort() != null) {
            entry.put("effort", agent.effort().word());
          }
          if (agent.tools().only() != null) {
            agent.tools().only().forEach(entry.putArray("only")::add);
          }
          agent.tools().without().forEach(entry.putArray("without")::add);
          entry.put("prompt", agent.prompt()).put("digest", agent.digest());
          write(agent.traits(), entry);
        });
    return json;
  }

  /// What is usual is not written.
  private static void write(AgentTraits traits, ObjectNode entry) {
    if (traits.mode() != Mode.ALL) {
      entry.put("mode", traits.mode().word());
    }
    if (traits.rights() == Rights.READ_ONLY) {
      entry.put("readOnly", true);
    }
    if (traits.temperature() != null) {
      entry.put("temperature", traits.temperature());
    }
    if (traits.steps() != null) {
      entry.put("steps", traits.steps());
    }
    for (var rule : traits.permissions()) {
      entry
          .withArray("permission")
          .addObject()
          .put("of", rule.permission())
          .put("for", rule.pattern())
          .put("action", rule.decision().word())
          .put("at", rule.place());
    }
  }

  /// Reads what [#write] wrote.
  static Map<String, AgentDefinition> read(@Nullable JsonNode json) {
    var agents = new TreeMap<String, AgentDefinition>();
    if (json != null) {
      json.properties().forEach(entry -> agents.put(entry.getKey(), agent(entry)));
    }
    return agents;
  }

  private static AgentDefinition agent(Map.Entry<String, JsonNode> named) {
    var json = named.getValue();
    return new AgentDefinition(
        named.getKey(),
        json.path("description").asText(),
        json.has("model") ? json.path("model").asText() : null,
        Effort.of(json.path("effort").asText()).orElse(null),
        new ToolChoice(
            json.has("only") ? texts(json.path("only")) : null, texts(json.path("without"))),
        json.path("prompt").asText(),
        // Not computed anew: what is stored may be redacted, and the digest is a part of keys.
        json.path("digest").asText(),
        traits(named.getKey(), json));
  }

  private static AgentTraits traits(String name, JsonNode json) {
    var mode =
        Arrays.stream(Mode.values())
            .filter(each -> each.word().equals(json.path("mode").asText()))
            .findFirst()
            .orElse(Mode.ALL);
    var rules = new ArrayList<Rule>();
    for (var rule : json.path("permission")) {
      rules.add(
          new Rule(
              rule.path("of").asText(),
              rule.path("for").isTextual() ? rule.path("for").asText() : Rule.DEFAULT,
              Decision.of(rule.path("action").asText()).orElse(Decision.DENY),
              Rule.Layer.AGENT,
              rule.path("at").asText()));
    }
    var traits =
        new AgentTraits(
            mode,
            Rights.USUAL,
            json.has("temperature") ? json.path("temperature").asDouble() : null,
            json.has("steps") ? json.path("steps").asInt() : null,
            rules);
    return json.path("readOnly").asBoolean() || isReadOnlyOfOld(name, json)
        ? traits.readOnly()
        : traits;
  }

  /// Runs of before agents could write do not say which of mimo's own must not.
  private static boolean isReadOnlyOfOld(String name, JsonNode json) {
    return BuiltinAgents.all().stream()
        .anyMatch(builtin ->
            builtin.name().equals(name)
                && builtin.digest().equals(json.path("digest").asText())
                && builtin.traits().rights() == Rights.READ_ONLY);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
