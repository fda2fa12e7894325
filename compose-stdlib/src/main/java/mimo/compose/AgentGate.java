package mimo.compose;

import org.jspecify.annotations.Nullable;

/// How many agents of one script, and of the scripts below it, are asked at once
/// (`maxConcurrentAgents`). Confined to the run's thread.
final class AgentGate {

  private final @Nullable AgentGate outer;
  private final int most;
  private int inside;

  /// @param most 0 for no limit of its own
  AgentGate(@Nullable AgentGate outer, int most) {
    this.outer = outer;
    this.most = most == 0 ? Integer.MAX_VALUE : most;
  }

  /// Takes a place in this gate and in all around it, if each has one.
  boolean enter() {
    if (!hasRoom()) {
      return false;
    }
    for (var gate = this; gate != null; gate = gate.outer) {
      gate.inside++;
    }
    return true;
  }

  private boolean hasRoom() {
    return inside < most && (outer == null || outer.hasRoom());
  }

  void leave() {
    for (var gate = this; gate != null; gate = gate.outer) {
      gate.inside--;
    }
  }
}
