package mimo.agent.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.maxmode.Choice;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.TokenUsage;
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
import mimo.engine.Session;
import org.jspecify.annotations.Nullable;

/// One attempt of an agent: first what is recorded of it, then what happens now. Thread-safe; what
/// was said comes from one thread, what tools answer from many.
///
/// The loop goes the same way again, and everything it would ask the world for that it was told
/// before comes from here. So its counts, and what it says itself, need not be stored.
public final class SessionAttempt {

  private final ReentrantLock lock = new ReentrantLock();
  private final SessionPen pen;
  private final Deque<TurnReceived> turns = new ArrayDeque<>();

  /// What the program said and ruled after replies, in order.
  private final Deque<SessionFact> ownWords = new ArrayDeque<>();

  /// What came in before each recorded reply, and after the last one, and what the model was told
  /// in place of something; in the order in which it did.
  private final Deque<List<SessionFact>> between = new ArrayDeque<>();

  private final Set<String> started = new HashSet<>();
  private final Map<String, PermissionDecided> decided = new HashMap<>();
  private final Map<String, ToolEnded> ended = new HashMap<>();
  private boolean closed;
  private boolean wrote;

  /// What is known of a call.
  public sealed interface Fate {

    /// It was never begun.
    record Open() implements Fate {

      /// What the model is told of it where it is not made up for.
      public static final String TOLD =
          "Interrupted, and not run: the program was stopped before this call began.";
    }

    /// It was begun, and the program stopped before it had an answer (D27).
    record CutOff() implements Fate {

      /// What the model is told of it.
      public static final String TOLD =
          "Interrupted, outcome unknown: the program was stopped while this call ran. It is not run"
              + " again by itself; look at what it did before you repeat it.";
    }

    /// It has its answer.
    record Answered(ToolAnswer answer, Duration took) implements Fate {}
  }

  SessionAttempt(SessionPen pen, List<SessionFact> recorded) {
    this.pen = pen;
    var before = new ArrayList<SessionFact>();
    for (var fact : recorded) {
      switch (fact) {
        case TurnReceived turn -> {
          turns.add(turn);
          between.add(List.copyOf(before));
          before.clear();
        }
        case Arrived _, Rebuilt _ -> before.add(fact);
        case Prompted prompt -> ownWords.add(prompt);
        case GoalFact goal -> {
          if (isStep(goal)) {
            ownWords.add(goal);
          }
        }
        case PermissionDecided decision -> decided.put(decision.call(), decision);
        case ToolStarted(var call) -> started.add(call);
        case ToolEnded end -> ended.put(end.answer().call(), end);
        case TurnEnded _ -> forgetUnjudged();
        case Began _, AttemptStarted _, Ended _, Chosen _, Asked _ -> {}
        case FilesKept _, TurnsUndone _, TurnRedone _, CheckpointKept _, CandidatesLost _ -> {}
      }
    }
    between.add(List.copyOf(before));
  }

  /// Where the turn ended in the gate and nobody had judged it, the gate is gone through anew: an
  /// outage is no verdict, and what was checked then proves nothing of files that changed since
  /// (G6).
  private void forgetUnjudged() {
    if (ownWords.peekLast() instanceof GoalFact.Ruled ruled
        && ruled.state() != GoalFact.State.UNVERIFIED) {
      return;
    }
    while (ownWords.peekLast() instanceof GoalFact step) {
      ownWords.removeLast();
      if (step instanceof GoalFact.Checked) {
        return;
      }
    }
  }

  /// An attempt that nobody will ever take up again, for an agent outside any run.
  public static SessionAttempt unrecorded() {
    return new SessionAttempt(new SessionPen(Session.unrecorded(), false), List.of());
  }

  /// Whether the next turn is recorded.
  public boolean remembersATurn() {
    lock.lock();
    try {
      return !turns.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the next turn is recorded, and everything that followed from it.
  public boolean remembersAWholeTurn() {
    lock.lock();
    try {
      return turns.size() > 1;
    } finally {
      lock.unlock();
    }
  }

  /// The next recorded reply; empty if the model has to be asked.
  public Optional<Received> recall() {
    lock.lock();
    try {
      return Optional.ofNullable(turns.poll()).map(SessionAttempt::reply);
    } finally {
      lock.unlock();
    }
  }

  /// A reply, and how it was chosen among candidates; null if it was asked for alone.
  public record Received(ModelReply.Completed reply, @Nullable Choice choice) {

    /// All that was paid for it.
    public TokenUsage paid() {
      return choice == null ? reply.usage() : reply.usage().plus(choice.overheadSum());
    }
  }

  private static Received reply(TurnReceived turn) {
    var reply = new ModelReply.Completed(turn.content(), turn.finish(), turn.usage());
    return new Received(reply, turn.choice());
  }

  /// A reply was received.
  ///
  /// @return it as any later reader will see it
  public Received received(Received received) {
    var reply = received.reply();
    var turn = new TurnReceived(reply.content(), reply.finish(), reply.usage(), received.choice());
    return reply((TurnReceived) write(turn));
  }

  /// Whether something is recorded that the program is still to say in the user's place.
  public boolean remembersAPrompt() {
    lock.lock();
    try {
      return ownWords.peek() instanceof Prompted;
    } finally {
      lock.unlock();
    }
  }

  /// The program speaks in the user's place, and says so.
  ///
  /// @return what it says as the model is told it: what it said before, if it did
  public String prompted(String text) {
    lock.lock();
    try {
      if (ownWords.peek() instanceof Prompted(var before)) {
        ownWords.remove();
        return before;
      }
      return ((Prompted) write(new Prompted(Reminder.of(text)))).text();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it is a step of the gate, and not what somebody wants.
  private static boolean isStep(GoalFact fact) {
    return switch (fact) {
      case GoalFact.Checked _, GoalFact.Accepted _, GoalFact.Judged _, GoalFact.Ruled _ -> true;
      case GoalFact.Set _, GoalFact.Cleared _ -> false;
    };
  }

  /// Whether a step of the goal's gate is recorded, and comes next.
  public boolean remembersTheGate() {
    lock.lock();
    try {
      return ownWords.peek() instanceof GoalFact;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the goal's gate comes next, and is recorded to its end, which was to send the agent
  /// back.
  public boolean remembersBeingSentBack() {
    lock.lock();
    try {
      for (var word : ownWords) {
        if (!(word instanceof GoalFact)) {
          return false;
        }
        if (word instanceof GoalFact.Ruled ruled) {
          return ruled.told() != null;
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// The next step of the gate, if it is recorded and of this kind.
  public <T extends GoalFact> Optional<T> recallOfGate(Class<T> kind) {
    lock.lock();
    try {
      if (!kind.isInstance(ownWords.peek())) {
        return Optional.empty();
      }
      return Optional.of(kind.cast(ownWords.remove()));
    } finally {
      lock.unlock();
    }
  }

  /// Something happened about the goal; durable when this returns.
  ///
  /// @return it as any later reader will see it
  public GoalFact ofGoal(GoalFact fact) throws InterruptedException {
    var stored = (GoalFact) write(fact);
    pen.awaitDurable();
    return stored;
  }

  /// What came in before the next reply, and what the model was told in place of something, if that
  /// was written down: [Arrived] and [Rebuilt], in their order. Asked once for each reply.
  public List<SessionFact> between() {
    lock.lock();
    try {
      var known = between.poll();
      return known == null ? List.of() : known;
    } finally {
      lock.unlock();
    }
  }

  /// From here on the model is told something in place of what was said before.
  ///
  /// @return it as any later reader will see it
  public Rebuilt rebuilt(Rebuilt rebuilt) {
    return (Rebuilt) write(rebuilt);
  }

  /// Something came in, of which the program tells.
  ///
  /// @return it as any later reader will see it
  public Arrived arrived(Arrived arrival) {
    return (Arrived) write(new Arrived(arrival.from(), Reminder.of(arrival.text())));
  }

  /// What is known of a call.
  public Fate fate(String call) {
    lock.lock();
    try {
      var end = ended.get(call);
      if (end != null) {
        return new Fate.Answered(end.answer(), end.took());
      }
      return started.contains(call) ? new Fate.CutOff() : new Fate.Open();
    } finally {
      lock.unlock();
    }
  }

  /// What an earlier process was told about a call's permission; empty if it did not ask.
  public Optional<PermissionDecided> decided(String call) {
    lock.lock();
    try {
      return Optional.ofNullable(decided.get(call));
    } finally {
      lock.unlock();
    }
  }

  /// What came of a call's need for a permission; durable before the call acts.
  public void decided(PermissionDecided decision) {
    write(decision);
  }

  /// A state of the files was kept, or could not be.
  public void kept(FilesKept files) {
    write(files);
  }

  /// A checkpoint is in its file.
  public void kept(CheckpointKept checkpoint) {
    write(checkpoint);
  }

  /// Candidates of a step were paid for nothing.
  public void lost(Choice choice) {
    write(new CandidatesLost(choice));
  }

  /// These calls are about to act; when this returns that is durable, and so is everything before.
  public void starting(List<String> calls) throws InterruptedException {
    calls.forEach(call -> write(new ToolStarted(call)));
    pen.awaitDurable();
  }

  /// A call has its answer.
  ///
  /// @return it as any later reader will see it
  public ToolAnswer answered(ToolAnswer answer, Duration took) {
    return ((ToolEnded) write(new ToolEnded(answer, took))).answer();
  }

  /// Waits until all that was written is durable: before the model is asked again. What it is asked
  /// first may still be on its way to the store, which then need not be open yet (A80); before the
  /// reply is acted on it is durable, since it stands before whatever that writes.
  public void awaitDurable() throws InterruptedException {
    if (wrote()) {
      pen.awaitDurable();
    }
  }

  private boolean wrote() {
    lock.lock();
    try {
      return wrote;
    } finally {
      lock.unlock();
    }
  }

  /// What comes from an attempt that was given up is not written any more: its calls are not those
  /// of the next.
  private SessionFact write(SessionFact fact) {
    lock.lock();
    try {
      wrote = true;
      return closed ? fact : pen.write(fact);
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
