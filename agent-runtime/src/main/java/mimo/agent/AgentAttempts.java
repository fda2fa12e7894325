package mimo.agent;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.LimitedWork.Ending;
import mimo.agent.message.Message;
import mimo.agent.session.AgentSession;
import org.jspecify.annotations.Nullable;

/// An agent's work on one task within its bounds, begun anew where that may help (L76, L77). Each
/// attempt starts from nothing but the task; attempts of an earlier process count. Serves one task.
final class AgentAttempts {

  /// Ends that another attempt would meet again, or must not spend on.
  private static final Set<String> FINAL =
      Set.of(
          "budget",
          "max_turns",
          "guard",
          "schema_exhausted",
          "cassette_exhausted",
          "goal_not_met",
          "goal_unverified");

  private final AgentTask task;
  private final AgentSession session;
  private final AgentBounds bounds;
  private final Meter meter;
  private final Consumer<AgentEvent> events;
  private final LongSupplier nanos;
  private @Nullable AgentLoop latest;

  /// @param nanos the monotonic clock
  AgentAttempts(
      AgentTask task,
      AgentSession session,
      AgentBounds bounds,
      Meter meter,
      Consumer<AgentEvent> events,
      LongSupplier nanos) {
    this.task = task;
    this.session = session;
    this.bounds = bounds;
    this.meter = meter;
    this.events = events;
    this.nanos = nanos;
  }

  /// Works until an attempt has an outcome that stands.
  ///
  /// @throws InterruptedException if the caller's thread is interrupted
  Ending<AgentOutcome> run(String name, AgentLoop.Stops stops) throws InterruptedException {
    var patience = new Patience(bounds.timeout(), bounds.stall());
    Consumer<AgentEvent> heard = events.andThen(_ -> patience.heard());
    while (true) {
      var loop = new AgentLoop(task, session.current(), meter, heard, nanos);
      latest = loop;
      var ending = attempted(name, loop, patience, stops);
      var reason = failure(ending);
      if (session.attempts() > bounds.retries()
          || reason.isEmpty()
          || !meter.exhausted().isEmpty()) {
        return ending;
      }
      session.again(reason);
      heard.accept(new AgentEvent.Notice("agent_again", reason + "; the agent begins anew"));
    }
  }

  private static Ending<AgentOutcome> attempted(
      String name, AgentLoop loop, Patience patience, AgentLoop.Stops stops)
      throws InterruptedException {
    return LimitedWork.run(
        name,
        own -> loop.run(new AgentLoop.Stops(own, stops.pausing())),
        patience,
        stops.cancellation());
  }

  /// Everything that was said in the attempt whose outcome stands.
  List<Message> said() {
    return latest == null ? List.of() : latest.said();
  }

  /// Why another attempt may help; empty if it will not.
  private static String failure(Ending<AgentOutcome> ending) {
    return switch (ending) {
      case Ending.Stalled<AgentOutcome>(var silence) ->
          "no progress for " + silence.toMillis() + " ms";
      case Ending.Done<AgentOutcome>(AgentOutcome.Ended(var code, var message, _))
          when !FINAL.contains(code) && !AgentActivity.parks(code) ->
          code + ": " + message;
      case Ending.Done<AgentOutcome> _,
          Ending.TimedOut<AgentOutcome> _,
          Ending.Stopped<AgentOutcome> _ ->
          "";
    };
  }
}
