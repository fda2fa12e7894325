package mimo.agent.subagent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import mimo.agent.AgentLimits;
import mimo.agent.ToolSource;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.AgentTraits.Mode;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.memory.Recall;
import mimo.agent.provider.ModelResolver;
import mimo.agent.rebuild.Rebuilding;

/// Where the subagents of a session work, and with what.
///
/// @param folder free of links
/// @param agents those that files define, by name
/// @param instructions what people wrote in files for whoever works there, as it is now; empty if
///   nothing
/// @param recall what of the memory each of them begins with (SV1)
/// @param tools makes the tools of each
/// @param depth how many levels of subagents there are: of one alone none has any of its own (A41)
/// @param rebuilding how their conversations go on that have become too long
/// @param nanos the monotonic clock
public record Workplace(
    Path folder,
    Map<String, AgentDefinition> agents,
    Supplier<String> instructions,
    Recall recall,
    ModelResolver models,
    ToolSource tools,
    int depth,
    Rebuilding rebuilding,
    LongSupplier nanos) {

  public Workplace {
    if (depth < 1 || depth > AgentLimits.SUBAGENT_DEPTH) {
      throw new IllegalArgumentException(
          "a depth of " + depth + " must lie between 1 and " + AgentLimits.SUBAGENT_DEPTH);
    }
    var all = new TreeMap<>(agents);
    BuiltinAgents.all().forEach(builtin -> all.putIfAbsent(builtin.name(), builtin));
    all.values().removeIf(agent -> agent.traits().mode() == Mode.PRIMARY);
    agents = Map.copyOf(all);
  }

  /// Where the subagents of one of these work.
  Workplace below() {
    return new Workplace(
        folder, agents, instructions, recall, models, tools, depth - 1, rebuilding, nanos);
  }

  /// The names of all who may be called for.
  List<String> names() {
    return agents.keySet().stream().sorted().toList();
  }
}
