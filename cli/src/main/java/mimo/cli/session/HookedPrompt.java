package mimo.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.TurnOutcome;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Attached;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookAnswer.Word;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.Hooks;
import mimo.engine.CancellationToken;

/// What is asked in a session, before the agent hears of it: hooks may refuse it, and what they add
/// goes with it as data (A85-A87). It is stored with that, so a turn that goes on later is not told
/// to them again.
///
/// @param notices what the user should know of what is asked
record HookedPrompt(Hooks hooks, Beginning beginning, List<String> notices) {

  /// How a session begins in this process.
  ///
  /// @param first whether this process has not had it before
  /// @param resumed whether something was said in it before
  /// @param untold what hooks had to say at that, until a prompt is asked with which it goes
  record Beginning(boolean first, boolean resumed, List<HookAnswer.Context> untold) {}

  /// The code of a turn that a hook has refused.
  static final String REFUSED = "prompt_refused";

  /// Says what is asked, in all its words.
  interface Asking {
    TurnOutcome ask(Asked asked) throws InterruptedException;
  }

  HookedPrompt {
    notices = List.copyOf(notices);
  }

  /// Asks, unless a hook refuses it.
  TurnOutcome ask(
      Asked asked, CancellationToken cancellation, Consumer<AgentEvent> events, Asking asking)
      throws InterruptedException {
    notices.forEach(text -> events.accept(new AgentEvent.Notice("command", text)));
    begin(cancellation, events);
    var answer = hooks.tell(new HookMoment.Prompt(asked.words()), cancellation);
    tell(answer, events);
    if (answer.word() == Word.DENY) {
      return new TurnOutcome.Failed(REFUSED, answer.reason(), null);
    }
    var attached = new ArrayList<>(asked.attached());
    beginning.untold().forEach(context -> attached.add(attached(context)));
    beginning.untold().clear();
    answer.contexts().forEach(context -> attached.add(attached(context)));
    return asking.ask(new Asked(asked.prompt(), attached));
  }

  /// A turn goes on that was asked before.
  void goOn(CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    begin(cancellation, events);
  }

  private void begin(CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    if (beginning.first()) {
      var answer = hooks.tell(new HookMoment.SessionStart(beginning.resumed()), cancellation);
      beginning.untold().addAll(answer.contexts());
      tell(answer, events);
    }
  }

  private static void tell(HookAnswer answer, Consumer<AgentEvent> events) {
    answer.notices().forEach(text -> events.accept(AgentEvent.Notice.hook(text)));
  }

  private static Attached attached(HookAnswer.Context context) {
    return new Attached(
        "hook " + context.hook(),
        context.text().strip().replaceAll("(?i)<(/?)(attached)", "&lt;$1$2"));
  }
}
