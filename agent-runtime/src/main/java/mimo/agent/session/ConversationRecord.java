package mimo.agent.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.ToolEnded;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnStatus;
import mimo.engine.EngineException.SessionRefused;
import mimo.engine.Session;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;

/// What is written down of one conversation: what was said in it so far, and where what comes next
/// is written (A13). Its turns come from one thread; what tools answer in them may come from many.
public final class ConversationRecord {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<SessionFact> facts = new ArrayList<>();
  private final SessionPen pen;
  private @Nullable SessionAttempt current;

  /// A turn that begins, or goes on.
  ///
  /// @param before what was said before, and what of it and of this turn the user asks for
  /// @param prompt what is asked, as it is stored
  /// @param attempt what is known of the turn, and takes what comes
  public record Turn(ConversationSoFar before, String prompt, SessionAttempt attempt) {}

  private ConversationRecord(Session journal, List<SessionFact> before) {
    facts.addAll(before);
    pen = new SessionPen(journal, !before.isEmpty(), this::written);
  }

  /// Reads what was said, if anything was.
  ///
  /// @throws SessionRefused `session_unreadable` if this version does not know all of it
  public static ConversationRecord open(Session journal) throws InterruptedException {
    try {
      var facts = journal.recorded().stream().map(FactCodec::read).toList();
      return new ConversationRecord(journal, facts);
    } catch (IllegalArgumentException unknown) {
      throw new SessionRefused(
          "session_unreadable", "this mimo cannot read what was said: " + unknown.getMessage());
    }
  }

  private void written(SessionFact fact) {
    lock.lock();
    try {
      facts.add(fact);
    } finally {
      lock.unlock();
    }
  }

  /// Everything that happened and holds, in order: not what was taken back.
  public List<SessionFact> facts() {
    return ConversationTurns.of(everything()).facts();
  }

  /// What was asked, turn by turn, and what of it holds.
  public ConversationTurns turns() {
    return ConversationTurns.of(everything());
  }

  private List<SessionFact> everything() {
    lock.lock();
    try {
      return List.copyOf(facts);
    } finally {
      lock.unlock();
    }
  }

  /// Everything that was said in a conversation and holds, as a model is told it.
  ///
  /// @throws IllegalArgumentException if this version does not know an entry
  public static ConversationSoFar said(List<SessionEntry> entries) {
    var facts = entries.stream().map(FactCodec::read).toList();
    return ConversationHistory.of(ConversationTurns.of(facts).facts());
  }

  /// A checkpoint of the conversation is in its file.
  public void kept(CheckpointKept checkpoint) {
    pen.write(checkpoint);
  }

  /// From here on, turns do not count any more, or count again. Durable when this returns.
  public void turned(SessionFact undoneOrRedone) throws InterruptedException {
    pen.write(undoneOrRedone);
    pen.awaitDurable();
  }

  /// As whom, and with what, the conversation is had; null before its first turn.
  public @Nullable Chosen chosen() {
    Chosen latest = null;
    for (var fact : facts()) {
      latest = fact instanceof Chosen chosen ? chosen : latest;
    }
    return latest;
  }

  /// From here on it is had like this.
  ///
  /// @return the same as any later reader will see it
  public Chosen choose(Chosen now) {
    return (Chosen) pen.write(now);
  }

  /// The user wants a goal, or none any more. Durable when this returns.
  ///
  /// @return the same as any later reader will see it
  public GoalFact ofGoal(GoalFact choice) throws InterruptedException {
    var stored = (GoalFact) pen.write(choice);
    pen.awaitDurable();
    return stored;
  }

  /// Whether nothing was ever said in it.
  public boolean isBlank() {
    return everything().stream()
        .noneMatch(fact -> fact instanceof Asked || fact instanceof Arrived);
  }

  /// The turn that is going on, or comes next, counted from 1.
  public int turn() {
    return Math.max(1, (int) everything().stream().filter(Asked.class::isInstance).count());
  }

  /// Something that is told with what is asked next.
  public void arrived(Arrived something) {
    pen.write(something);
  }

  /// What was asked last, if it has no answer.
  public Optional<Asked> unanswered() {
    var all = facts();
    int at = lastAsked(all);
    boolean answered =
        all.subList(at + 1, all.size()).stream()
            .anyMatch(
                fact -> fact instanceof TurnEnded ended && ended.status() == TurnStatus.ANSWERED);
    return at < 0 || answered ? Optional.empty() : Optional.of((Asked) all.get(at));
  }

  private static int lastAsked(List<SessionFact> facts) {
    int at = facts.size() - 1;
    while (at >= 0 && !(facts.get(at) instanceof Asked)) {
      at--;
    }
    return at;
  }

  /// The user asks something. Calls of the turn before that have no answer get one first: nobody
  /// knows what they did, and they are not run again (A13).
  public Turn ask(Asked asked) {
    answerAll();
    var history = ConversationHistory.of(facts());
    return turn(history, (Asked) pen.write(asked), List.of());
  }

  private void answerAll() {
    for (var answer : ConversationHistory.missing(facts())) {
      pen.write(new ToolEnded(answer, Duration.ZERO));
    }
  }

  /// What was said until now. Calls that have no answer get one first: a turn that goes on after
  /// somebody has looked at it runs none of them.
  public ConversationSoFar soFar() {
    answerAll();
    return ConversationHistory.of(facts());
  }

  /// What the user asked, the earliest first.
  public List<String> asked() {
    return facts().stream()
        .filter(Asked.class::isInstance)
        .map(fact -> ((Asked) fact).words())
        .filter(words -> !Reminder.without(words).isEmpty())
        .toList();
  }

  /// Between two turns: from here on the model is told something else. Durable when this returns.
  ///
  /// @return the same as any later reader will see it
  public Rebuilt rebuilt(Rebuilt rebuilt) throws InterruptedException {
    var stored = (Rebuilt) pen.write(rebuilt);
    pen.awaitDurable();
    return stored;
  }

  /// The turn that has no answer goes on where it was stopped: what is known of it stands, and a
  /// call that was begun is not run again.
  ///
  /// @throws IllegalStateException if every turn has its answer
  public Turn goOn() {
    var all = facts();
    var asked = unanswered().orElseThrow(() -> new IllegalStateException("no turn was cut off"));
    int at = lastAsked(all);
    return turn(ConversationHistory.of(all.subList(0, at)), asked, all.subList(at + 1, all.size()));
  }

  private Turn turn(ConversationSoFar before, Asked asked, List<SessionFact> known) {
    var attempt = new SessionAttempt(pen, known);
    current = attempt;
    var said = before.messages();
    var words =
        !said.isEmpty() && said.getLast() instanceof Message.User unanswered
            ? unanswered.and(asked.words()).text()
            : asked.words();
    return new Turn(before.before(asked), words, attempt);
  }

  /// The turn is over; what its tools still say is not heard any more.
  public void end(TurnEnded ended) {
    if (current != null) {
      current.close();
    }
    pen.write(ended);
  }

  /// Waits until everything that was said is durable: before an answer is handed out.
  public void awaitDurable() throws InterruptedException {
    pen.awaitDurable();
  }
}
