package mimo.agent;

import java.util.List;
import java.util.Optional;
import mimo.agent.PlannedCalls.Planned;
import mimo.agent.guard.LoopGuard;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Permissions;
import mimo.agent.question.Asker;
import mimo.agent.question.Asker.Question;
import mimo.agent.question.Asker.Reply;
import mimo.agent.session.SessionAttempt;
import mimo.agent.tool.DeferredTools;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// What becomes of an agent whose calls go round in a circle: it is told so once; the second time
/// the user is asked whether it goes on, unless the permission `doom_loop` says, and where nobody
/// is, it ends (A58, LG1). Confined to the agent's thread.
final class Circles {

  private static final String STOP = "stop";
  private static final String WARNING = "Error: you made ";
  private static final String GOING_ON = "You made ";
  private static final String ADVICE =
      ". Doing it again changes nothing. Do something else, or say what stands in the way.";
  private static final String KNOWN = ". The user knows, and says: ";

  /// How permissions know what this asks for.
  private static final Call CALL =
      new Call("doom_loop", ToolSpec.Effect.READS, List.of(new Need.Use()));

  private final LoopGuard guard = new LoopGuard();
  private final Asker asker;
  private final Permissions permissions;
  private final SessionAttempt session;
  private boolean warned;

  /// Calls since something went round.
  private int quiet;

  Circles(Asker asker, Permissions permissions, SessionAttempt session) {
    this.asker = asker;
    this.permissions = permissions;
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
      if (history.get(i) instanceof Message.User(var text)) {
        told(text);
      }
      if (history.get(i) instanceof Message.Tools(var answered)
          && history.get(i - 1) instanceof Message.Model(var content)) {
        var calls =
            content.stream()
                .filter(Content.ToolCall.class::isInstance)
                .map(Content.ToolCall.class::cast)
                .map(DeferredTools::meant)
                .toList();
        for (int j = 0; j < Math.min(calls.size(), answered.size()); j++) {
          var _ = seen(calls.get(j), answered.get(j));
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
      circle = seen(calls.get(i).call(), answered.get(i)).orElse(circle);
    }
    if (circle == null) {
      return null;
    }
    return warned ? again(circle, cancellation) : warning(circle);
  }

  private Optional<String> seen(Content.ToolCall call, Message.ToolAnswer answer) {
    var circle = guard.seen(call, answer);
    quiet = circle.isEmpty() ? quiet + 1 : 0;
    if (quiet >= GuardLimits.GUARD_QUIET_CALLS) {
      warned = false;
    }
    return circle;
  }

  private Word warning(String circle) {
    return prompted(WARNING + circle + ADVICE);
  }

  private Word prompted(String text) {
    var said = session.prompted(text);
    told(said);
    return new Word.Told(said);
  }

  /// What the agent was told counts as much as what it did, also in an earlier turn.
  private void told(String message) {
    var text = Reminder.said(message);
    if (text.startsWith(WARNING) && text.contains(ADVICE)) {
      warned = true;
    } else if (text.startsWith(GOING_ON) && text.contains(KNOWN)) {
      guard.forget();
      warned = false;
    }
  }

  /// Only leave to go on is followed by words of the program. So where such words are recorded, it
  /// was given in an earlier process, and nobody is asked again.
  private Word again(String circle, CancellationToken cancellation) throws InterruptedException {
    if (session.remembersAPrompt()) {
      return warning(circle);
    }
    return switch (decision()) {
      case ALLOW -> warning(circle);
      case DENY -> over(circle);
      case ASK -> {
        var said = asked(circle, cancellation);
        yield said == null ? over(circle) : prompted(GOING_ON + circle + KNOWN + said);
      }
    };
  }

  /// What allows everything does not mean this: it would pay for circles without an end.
  private Decision decision() {
    var ruling = permissions.rule(CALL);
    var rule = ruling.rule();
    boolean meant = rule != null && rule.permission().equals(CALL.tool());
    return ruling.decision() == Decision.ALLOW && !meant ? Decision.ASK : ruling.decision();
  }

  private static Word over(String circle) {
    return new Word.Over(new AgentOutcome.Ended("guard", "the agent goes in circles: " + circle));
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
