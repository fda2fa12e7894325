package mimo.agent.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.session.ConversationSoFar.Counted;
import mimo.agent.session.SessionAttempt.Fate;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.AttemptStarted;
import mimo.agent.session.SessionFact.Began;
import mimo.agent.session.SessionFact.CandidatesLost;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.Ended;
import mimo.agent.session.SessionFact.FilesKept;
import mimo.agent.session.SessionFact.PermissionDecided;
import mimo.agent.session.SessionFact.Prompted;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.ToolEnded;
import mimo.agent.session.SessionFact.ToolStarted;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.agent.session.SessionFact.TurnRedone;
import mimo.agent.session.SessionFact.TurnsUndone;
import org.jspecify.annotations.Nullable;

/// Makes of the facts of a conversation the messages a model is told, the very ones the loop told
/// while they happened: what was told once is told in the same words again (A31). Confined to one
/// thread.
final class ConversationHistory {

  private final List<Message> messages = new ArrayList<>();
  private final Set<String> started = new HashSet<>();
  private final Map<String, ToolAnswer> answers = new HashMap<>();

  /// The calls of the last reply whose answers are not among the messages yet.
  private List<Content.ToolCall> open = List.of();

  private List<OwnWords> own = List.of();
  private final List<Counted> counted = new ArrayList<>();

  /// Where the model was last told something in place of what had been said.
  private @Nullable Boundary boundary;

  private ConversationHistory() {}

  /// Everything that was said. Each call is answered, that which was cut off by the word that
  /// nobody knows what it did.
  static ConversationSoFar of(List<SessionFact> facts) {
    var history = read(facts);
    history.close();
    return new ConversationSoFar(history.messages, history.own, history.boundary, history.counted);
  }

  /// The answers to calls of the last reply that have none, in the words in which [#of] gives them.
  static List<ToolAnswer> missing(List<SessionFact> facts) {
    var history = read(facts);
    return history.open.stream()
        .filter(call -> !history.answers.containsKey(call.id()))
        .map(history::answer)
        .toList();
  }

  private static ConversationHistory read(List<SessionFact> facts) {
    var history = new ConversationHistory();
    facts.forEach(history::add);
    return history;
  }

  private void add(SessionFact fact) {
    switch (fact) {
      case Asked asked -> {
        user(asked.words());
        own = ConversationSoFar.with(own, messages.size() - 1, asked);
      }
      case Prompted(var text) -> user(text);
      case Arrived(_, var text) -> user(text);
      case GoalFact.Set set -> user(GoalWords.set(set));
      case GoalFact.Cleared _ -> user(GoalWords.CLEARED);
      case GoalFact.Ruled ruled -> {
        if (ruled.told() != null) {
          user(ruled.told());
        }
      }
      case GoalFact.Checked _, GoalFact.Judged _, GoalFact.Accepted _ -> {}
      case TurnReceived turn -> {
        close();
        if (turn.finish() != Finish.REPEATED) {
          counted.add(new Counted(messages.size(), turn.usage()));
        }
        reply(turn);
      }
      case Rebuilt rebuilt -> {
        close();
        boundary = Boundary.behind(messages, rebuilt);
        counted.clear();
      }
      case ToolStarted(var call) -> started.add(call);
      case ToolEnded(var answer, _) -> answers.putIfAbsent(answer.call(), answer);
      case TurnEnded(_, var value, _, _) -> {
        if (value != null) {
          close();
          answered(value);
        }
      }
      case Began _, Chosen _, PermissionDecided _, AttemptStarted _, Ended _ -> {}
      case FilesKept _, TurnsUndone _, TurnRedone _, CheckpointKept _, CandidatesLost _ -> {}
    }
  }

  /// What nobody has answered yet is asked together with what is asked next.
  private void user(String text) {
    close();
    if (!messages.isEmpty() && messages.getLast() instanceof Message.User before) {
      messages.removeLast();
      messages.add(before.and(text));
    } else {
      messages.add(new Message.User(text));
    }
  }

  private void reply(TurnReceived turn) {
    open =
        turn.content().stream()
            .filter(Content.ToolCall.class::isInstance)
            .map(Content.ToolCall.class::cast)
            .toList();
    boolean blank = Content.words(turn.content(), Content.Text.class).isBlank();
    if (!open.isEmpty() || (!blank && turn.finish() != Finish.FILTERED)) {
      messages.add(new Message.Model(turn.content()));
    }
  }

  private void close() {
    if (!open.isEmpty()) {
      messages.add(new Message.Tools(open.stream().map(this::answer).toList()));
      open = List.of();
    }
  }

  private ToolAnswer answer(Content.ToolCall call) {
    var known = answers.get(call.id());
    var told = started.contains(call.id()) ? Fate.CutOff.TOLD : Fate.Open.TOLD;
    return known != null ? known : new ToolAnswer(call.id(), told, Message.Status.ERROR);
  }

  private void answered(String value) {
    int size = messages.size();
    if (size > 1
        && messages.getLast() instanceof Message.Tools(var results)
        && messages.get(size - 2) instanceof Message.Model(var content)
        && content.stream().anyMatch(AnswerAsWords::isAnswer)) {
      messages.removeLast();
      messages.removeLast();
      messages.addAll(AnswerAsWords.of(content, results, value));
    }
  }
}
