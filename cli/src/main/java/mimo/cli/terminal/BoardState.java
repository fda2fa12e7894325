package mimo.cli.terminal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mimo.engine.Standstill;

/// How a run stands at one moment.
///
/// @param agents all agents of the run, in the order in which they were asked for
/// @param phases titles in the order in which they were first entered
/// @param usage what all agents together have used, unit to amount
/// @param offline whether any answer was scripted, not a model's
/// @param standstill what the run waits for while it can do nothing else; empty while it works
record BoardState(
    String workflow,
    List<Agent> agents,
    List<String> phases,
    Map<String, Long> usage,
    boolean offline,
    Standstill standstill) {

  BoardState {
    agents = List.copyOf(agents);
    phases = List.copyOf(phases);
    usage = Map.copyOf(usage);
  }

  /// One agent.
  ///
  /// @param doing what it does right now, in a few words; what went wrong, if it was lost
  /// @param since when its present stage began, by this process's clock
  /// @param tokens how many it produced so far
  record Agent(
      int seq, String label, String phase, Stage stage, String doing, Instant since, long tokens) {

    Agent at(Stage stage, String doing, Instant since) {
      return new Agent(seq, label, phase, stage, doing, since, tokens);
    }

    Agent doing(String what) {
      return new Agent(seq, label, phase, stage, what, since, tokens);
    }

    Agent with(long tokens) {
      return new Agent(seq, label, phase, stage, doing, since, tokens);
    }

    /// The label, or a number for an agent the script gave none.
    String name() {
      return label.isEmpty() ? "agent " + seq : label;
    }
  }

  /// Where an agent is in its life.
  enum Stage {
    QUEUED,
    RUNNING,
    DONE,
    LOST;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  List<Agent> in(Stage stage) {
    return agents.stream().filter(agent -> agent.stage() == stage).toList();
  }

  List<Agent> in(String phase, Stage stage) {
    return agents.stream()
        .filter(agent -> agent.stage() == stage && agent.phase().equals(phase))
        .toList();
  }
}
