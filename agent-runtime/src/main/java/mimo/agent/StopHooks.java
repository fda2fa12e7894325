package mimo.agent;

import java.util.Optional;
import java.util.function.Consumer;
import mimo.agent.AgentOutcome.Answered;
import mimo.agent.session.SessionAttempt;
import mimo.agent.tool.HookAnswer.Word;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.Hooks;
import mimo.engine.CancellationToken;

/// Asks hooks whether an agent may end with its answer, and lets them refuse it a few times (A87).
/// Confined to the agent's thread.
final class StopHooks {

  private final Hooks hooks;
  private final SessionAttempt session;
  private final Consumer<AgentEvent> events;
  private int refused;

  StopHooks(Hooks hooks, SessionAttempt session, Consumer<AgentEvent> events) {
    this.hooks = hooks;
    this.session = session;
    this.events = events;
  }

  /// What the agent is told if it must not end; empty if it may.
  ///
  /// Only a refusal is followed by words of the program. So where such words are recorded, hooks
  /// have refused this end in an earlier process, and are not asked again: the words stand.
  Optional<String> refusal(AgentOutcome outcome, CancellationToken cancellation)
      throws InterruptedException {
    // The goal is judged only once they had no objection.
    if (!(outcome instanceof Answered(var value))
        || refused == AgentLimits.HOOK_STOPS
        || session.remembersTheGate()) {
      return Optional.empty();
    }
    var words = "";
    if (!session.remembersAPrompt()) {
      var said = hooks.tell(new HookMoment.Stop(value, refused), cancellation);
      said.notices().forEach(text -> events.accept(AgentEvent.Notice.hook(text)));
      if (said.word() != Word.DENY) {
        return Optional.empty();
      }
      words = said.behind("You are not done yet, says " + said.reason());
    }
    refused++;
    return Optional.of(words);
  }
}
