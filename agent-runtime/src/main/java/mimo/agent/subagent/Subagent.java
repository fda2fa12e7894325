package mimo.agent.subagent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.TurnOutcome;
import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import org.jspecify.annotations.Nullable;

/// One agent that works for another: it does what it is asked in turns of a session of its own, one
/// at a time, on a thread of its own. Thread-safe.
final class Subagent {

  /// Longer than an agent that is stopped takes to tell its ends.
  private static final Duration LEAVING = Duration.ofMillis(10 * AgentLimits.STOP_GRACE_MILLIS);

  private final Identity identity;
  private final Turns turns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition resting = lock.newCondition();
  private final Deque<Task> waiting = new ArrayDeque<>();
  private @Nullable Thread thread;
  private @Nullable CancellationSource current;
  private int doomed;
  private boolean left;
  private int turn;
  private String last;
  private TokenUsage used = TokenUsage.NONE;
  private long worked;
  private long since;

  /// Who it is.
  ///
  /// @param name how its parent calls it
  /// @param agent which agent it is
  /// @param model `provider/id`
  record Identity(String name, String agent, String model, SessionId session) {}

  /// Something to do.
  ///
  /// @param schema the shape of the answer; null for text
  /// @param rights what it may do at most
  /// @param told hears how it ended, before anybody is told that the agent rests
  record Task(
      String prompt, @Nullable AnswerSchema schema, ParentRights rights, Consumer<Ended> told) {}

  /// A turn that is over.
  ///
  /// @param number from 1
  record Ended(Identity who, int number, TurnOutcome outcome) {}

  /// How it stands (A75).
  ///
  /// @param turn the one it works on, or the last
  /// @param state `works`, or how the last turn ended
  /// @param nanos how long it has worked, all turns together
  record Standing(Identity who, int turn, String state, TokenUsage used, long nanos) {}

  /// Has one turn of its session.
  interface Turns extends AutoCloseable {

    TurnOutcome have(Task task, CancellationToken cancellation, Consumer<AgentEvent> events)
        throws InterruptedException;

    long nanos();

    @Override
    void close();
  }

  /// @param turn how many turns it has had
  /// @param state how the last one ended
  Subagent(Identity identity, Turns turns, int turn, String state) {
    this.identity = identity;
    this.turns = turns;
    this.turn = turn;
    this.last = state;
  }

  Identity identity() {
    return identity;
  }

  /// Gives it something to do, after what it has to do already.
  ///
  /// @return false if too much waits, or it is over
  boolean ask(Task task) {
    lock.lock();
    try {
      if (left || waiting.size() >= AgentLimits.SUBAGENT_MESSAGES) {
        return false;
      }
      waiting.add(task);
      if (thread == null) {
        since = turns.nanos();
        thread = Thread.ofVirtual().name("subagent " + identity.name()).start(this::work);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    for (var task = next(); task != null; task = next()) {
      var stop = begin();
      var outcome = had(task, stop);
      int number = end(outcome);
      task.told().accept(new Ended(identity, number, outcome));
    }
  }

  private @Nullable Task next() {
    lock.lock();
    try {
      var task = left ? null : waiting.poll();
      if (task == null) {
        thread = null;
        worked += turns.nanos() - since;
        resting.signalAll();
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  private CancellationSource begin() {
    lock.lock();
    try {
      var stop = new CancellationSource();
      current = stop;
      turn++;
      if (left || doomed > 0) {
        doomed = Math.max(0, doomed - 1);
        stop.cancel();
      }
      return stop;
    } finally {
      lock.unlock();
    }
  }

  private int end(TurnOutcome outcome) {
    lock.lock();
    try {
      current = null;
      last = state(outcome);
      return turn;
    } finally {
      lock.unlock();
    }
  }

  static String state(TurnOutcome outcome) {
    return switch (outcome) {
      case TurnOutcome.Answered _ -> "answered";
      // Not all of it is lost: what is missing is told (T4).
      case TurnOutcome.Failed(var code, _, _) -> code.equals("partial") ? code : "failed";
      case TurnOutcome.Interrupted() -> "interrupted";
    };
  }

  private TurnOutcome had(Task task, CancellationSource stop) {
    try {
      return turns.have(task, stop, this::heard);
    } catch (InterruptedException stopped) {
      return new TurnOutcome.Interrupted();
    } catch (EngineException broken) {
      return new TurnOutcome.Failed(broken.code(), String.valueOf(broken.getMessage()), null);
    } catch (RuntimeException defect) {
      // A boundary: whoever waits for it has to be told that it is over.
      return new TurnOutcome.Failed("internal", defect.toString(), null);
    }
  }

  private void heard(AgentEvent event) {
    if (event instanceof AgentEvent.StepEnd end) {
      lock.lock();
      try {
        used = used.plus(end.usage());
      } finally {
        lock.unlock();
      }
    }
  }

  Standing standing() {
    lock.lock();
    try {
      boolean works = thread != null;
      long now = works ? turns.nanos() - since : 0;
      return new Standing(identity, turn, works ? "works" : last, used, worked + now);
    } finally {
      lock.unlock();
    }
  }

  boolean works() {
    lock.lock();
    try {
      return thread != null;
    } finally {
      lock.unlock();
    }
  }

  /// Stops what it does. What waits is begun and stopped: whoever asked for it is told.
  ///
  /// @return whether it did anything
  boolean stop() {
    CancellationSource stop;
    boolean worked;
    lock.lock();
    try {
      worked = thread != null;
      doomed = waiting.size();
      stop = current;
    } finally {
      lock.unlock();
    }
    if (stop != null) {
      stop.cancel();
    }
    return worked;
  }

  /// Waits until it has nothing to do.
  ///
  /// @param nanos how long at most
  /// @return what is left of them; nothing or less if that was not enough
  long await(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long patience = nanos;
      while (thread != null && patience > 0) {
        patience = resting.awaitNanos(patience);
      }
      return thread == null ? Math.max(1, patience) : 0;
    } finally {
      lock.unlock();
    }
  }

  /// Stops it for good.
  void leave() {
    lock.lock();
    try {
      left = true;
    } finally {
      lock.unlock();
    }
    stop();
    try {
      await(TimeUnit.MILLISECONDS.toNanos(LEAVING.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    turns.close();
  }
}
