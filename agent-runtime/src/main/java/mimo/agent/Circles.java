package mimo.agent;

import java.util.List;
import mimo.agent.PlannedCalls.Planned;
import mimo.agent.guard.LoopGuard;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.question.Asker;
import mimo.agent.question.Asker.Question;
import mimo.agent.question.Asker.Reply;
import mimo.agent.session.SessionAttempt;
import mimo.agent.tool.DeferredTools;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// What becomes of an agent whose calls go round in a circle: it is told so once; the second time
/// the user is asked whether it goes on, and where nobody is, it ends (A58, LG1). Confined to the
/// agent's thread.
final class Circles {

  private static final String STOP = "stop";

  private final LoopGuard guard = new LoopGuard();
  private final Asker asker;
  private final SessionAttempt session;
  private boolean warned;

  Circles(Asker asker, SessionAttempt session) {
    this.asker = asker;
    this.session = session;
  }

  /// What follows.
  sealed interface Word {

    /// The agent hears this, and goes on.
    record Told(String text) implements Word {}

    record Over(AgentOutcome.Ended outcome) implements Word {}
  }

  /// What was done before counts.
  void recall(List<Message> history) {
    for (int i = 1; i < history.size(); i++) {
      if (history.get(i) instanceof Message.Tools(var answered)
          && history.get(i - 1) instanceof Message.Model(var content)) {
        var calls =
            content.stream()
                .filter(Content.ToolCall.class::isInstance)
                .map(Content.ToolCall.class::cast)
                .map(DeferredTools::meant)
                .toList();
        for (int j = 0; j < Math.min(calls.size(), answered.size()); j++) {
          guard.seen(calls.get(j), answered.get(j));
        }
      }
    }
  }

  /// Calls were answered.
  ///
  /// @return null if nothing goes round
  @Nullable Word seen(
      List<Planned> calls, List<Message.ToolAnswer> answered, CancellationToken cancellation)
      throws InterruptedException {
    String circle = null;
    for (int i = 0; i < calls.size(); i++) {
      circle = guard.seen(calls.get(i).call(), answered.get(i)).orElse(circle);
    }
    if (circle == null) {
      return null;
    }
    if (warned) {
      return again(circle, cancellation);
    }
    warned = true;
    return new Word.Told(
        session.prompted(
            ("Error: you made %s. Doing it again changes nothing. Do something else, or say what"
                    + " stands in the way.")
                .formatted(circle)));
  }

  /// Only an answer to go on is followed by words of the program. So where such words are recorded,
  /// somebody gave it in an earlier process, and is not asked again.
  private Word again(String circle, CancellationToken cancellation) throws InterruptedException {
    var said = session.remembersAPrompt() ? "go on" : asked(circle, cancellation);
    if (said == null) {
      return new Word.Over(new AgentOutcome.Ended("guard", "the agent goes in circles: " + circle));
    }
    guard.forget();
    warned = false;
    return new Word.Told(
        session.prompted("You made %s. The user knows, and says: %s".formatted(circle, said)));
  }

  private @Nullable String asked(String circle, CancellationToken cancellation)
      throws InterruptedException {
    var question =
        new Question(
            "The agent goes in circles: it made %s. Shall it go on?".formatted(circle),
            List.of(STOP, "go on"));
    return switch (asker.ask(question, cancellation)) {
      case Reply.Answered(var text) -> text.isBlank() || text.equals(STOP) ? null : text;
      case Reply.Nobody() -> null;
    };
  }
}
