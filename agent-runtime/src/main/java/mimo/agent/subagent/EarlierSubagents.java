package mimo.agent.subagent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.agent.TurnOutcome;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionAbout;
import mimo.agent.session.SessionAbout.Child;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.agent.subagent.Subagent.Ended;
import mimo.agent.subagent.Subagent.Identity;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.session.SessionKeeper;
import org.jspecify.annotations.Nullable;

/// What earlier processes left of the subagents of a session: who they are, and which of their
/// answers nobody has been told (A51).
final class EarlierSubagents {

  private EarlierSubagents() {}

  /// One of them.
  ///
  /// @param turns how many it has had
  /// @param state how the last one ended
  /// @param untold the answers that still have to come in
  record Left(Identity who, int turns, String state, List<Ended> untold) {
    Left {
      untold = List.copyOf(untold);
    }
  }

  /// All of them, in the order of their names.
  ///
  /// @param recorded what was written down in the session of their parent
  static List<Left> of(SessionId parent, List<SessionFact> recorded, SessionKeeper keeper) {
    var told = new HashSet<String>();
    for (var fact : recorded) {
      if (fact instanceof Arrived(var from, _)) {
        told.add(from);
      }
    }
    var left = new ArrayList<Left>();
    for (var session : keeper.list()) {
      var child = session.damage().isEmpty() ? child(session.about()) : null;
      if (child != null && child.parent().equals(parent.value()) && !keeper.owned(session.id())) {
        left.add(left(session.id(), child, facts(keeper, session.id()), told));
      }
    }
    left.sort(
        (one, other) -> Integer.compare(number(one.who().name()), number(other.who().name())));
    return List.copyOf(left);
  }

  /// The number in a name such as `A2`; 0 if there is none.
  static int number(String name) {
    return name.matches("A\\d{1,6}") ? Integer.parseInt(name.substring(1)) : 0;
  }

  private static @Nullable Child child(String about) {
    return SessionAbout.parse(about).child();
  }

  /// What cannot be read is as if nothing had been said.
  private static List<SessionFact> facts(SessionKeeper keeper, SessionId id) {
    try {
      return keeper.read(id).stream().map(FactCodec::read).toList();
    } catch (IllegalArgumentException | EngineException unreadable) {
      return List.of();
    }
  }

  private static Left left(SessionId id, Child child, List<SessionFact> facts, Set<String> told) {
    var who = new Identity(child.name(), child.agent(), child.model(), id);
    var outcomes = outcomes(facts);
    var untold = new ArrayList<Ended>();
    for (int turn = 1; turn <= outcomes.size(); turn++) {
      boolean byItself = turn > 1 || child.background();
      if (byItself && !told.contains(Told.source(who.name(), turn))) {
        untold.add(new Ended(who, turn, outcomes.get(turn - 1)));
      }
    }
    return new Left(who, outcomes.size(), Subagent.state(outcomes.getLast()), untold);
  }

  /// How each turn ended; one that has no end, or was never begun, was interrupted.
  private static List<TurnOutcome> outcomes(List<SessionFact> facts) {
    var outcomes = new ArrayList<TurnOutcome>();
    var words = new LastWords();
    for (var fact : facts) {
      switch (fact) {
        case Asked _ -> {
          outcomes.add(new TurnOutcome.Interrupted());
          words.reset();
        }
        case TurnReceived reply -> words.said(reply);
        case TurnEnded ended when !outcomes.isEmpty() ->
            outcomes.set(outcomes.size() - 1, outcome(ended, words.text.toString()));
        case SessionFact _ -> {}
      }
    }
    if (outcomes.isEmpty()) {
      outcomes.add(new TurnOutcome.Interrupted());
    }
    return outcomes;
  }

  /// The answer is what was said last, with what had to be continued before it.
  private static final class LastWords {

    private final StringBuilder text = new StringBuilder();
    private boolean cut;

    void reset() {
      text.setLength(0);
      cut = false;
    }

    void said(TurnReceived reply) {
      if (!cut) {
        text.setLength(0);
      }
      boolean calls = reply.content().stream().anyMatch(Content.ToolCall.class::isInstance);
      text.append(calls ? "" : Content.words(reply.content(), Content.Text.class));
      cut = !calls && reply.finish() == Finish.LENGTH;
    }
  }

  private static TurnOutcome outcome(TurnEnded ended, String words) {
    return switch (ended.status()) {
      case ANSWERED -> {
        var value = ended.value();
        yield new TurnOutcome.Answered(value == null ? Json.quote(words) : value);
      }
      case FAILED ->
          new TurnOutcome.Failed(
              String.valueOf(ended.code()), String.valueOf(ended.message()), null);
      case INTERRUPTED -> new TurnOutcome.Interrupted();
    };
  }
}
