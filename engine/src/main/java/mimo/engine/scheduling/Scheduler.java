package mimo.engine.scheduling;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mimo.engine.EngineLimits;
import mimo.engine.StepKind;

/// Starts bodies in the order in which they came, as their limits allow. Thread-safe.
public final class Scheduler implements AutoCloseable {

  private final Map<StepKind, Lane> lanes = new EnumMap<>(StepKind.class);
  private volatile boolean closed;

  /// A scheduler with these limits; kinds without one get the default.
  public Scheduler(Map<StepKind, Limit> limits) {
    this(limits, EngineLimits.WAITING_STEPS);
  }

  Scheduler(Map<StepKind, Limit> limits, int longestLine) {
    var byLimit = new HashMap<Limit, Lane>();
    for (var kind : StepKind.values()) {
      var limit = limits.getOrDefault(kind, defaultLimit(kind));
      lanes.put(kind, byLimit.computeIfAbsent(limit, same -> new Lane(same, longestLine)));
    }
  }

  private static Limit defaultLimit(StepKind kind) {
    return switch (kind) {
      case AGENT, CONTINUE -> new Limit("agents", EngineLimits.AGENTS);
      case FILE -> new Limit("files", EngineLimits.FILE_STEPS);
      case TOOL -> new Limit("tools", EngineLimits.TOOL_STEPS);
      case WORKFLOW -> new Limit("workflows", EngineLimits.WORKFLOW_STEPS);
      // Nothing runs while they wait, or the workflow itself does.
      case TIMER, GATE, NESTED -> new Limit("waits", 1);
    };
  }

  /// Hands over a body. It starts on a virtual thread of its own once a permit is free.
  ///
  /// @return its ticket; empty if the line is full or the scheduler closed, and it will never start
  public Optional<Ticket> submit(StepKind kind, Runnable body) {
    var ticket = new Ticket(body);
    var lane = lanes.get(kind);
    var accepted = !closed && lane != null && lane.enter(ticket);
    return accepted ? Optional.of(ticket) : Optional.empty();
  }

  /// Starts nothing more. Bodies that run are their owners' to stop.
  @Override
  public void close() {
    closed = true;
    lanes.values().forEach(Lane::close);
  }
}
