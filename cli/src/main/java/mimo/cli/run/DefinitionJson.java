package mimo.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.ToolChoice;
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
        });
    return json;
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
        json.path("digest").asText());
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
