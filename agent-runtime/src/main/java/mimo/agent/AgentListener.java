package mimo.agent;

import mimo.engine.RunId;

/// Follows the agents of a run. Thread-safe, quick, and never throws: it is called on the agents'
/// own threads.
public interface AgentListener {

  /// `seq` is the number of the agent's step in its run.
  void heard(RunId run, int seq, AgentEvent event);

  /// A listener that hears nothing.
  static AgentListener none() {
    return (run, seq, event) -> {};
  }
}
