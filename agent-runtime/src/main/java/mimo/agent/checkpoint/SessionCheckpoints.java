package mimo.agent.checkpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentEvent;
import mimo.agent.ContextLimits;
import mimo.agent.TurnWatch;
import mimo.agent.checkpoint.CheckpointFile.Held;
import mimo.agent.checkpoint.ConversationSoFar.Note;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.memory.MemoryException;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.engine.CancellationSource;
import mimo.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// Keeps the checkpoint of one session while its agent works: one is written at each threshold, in
/// the background, by a model if one can be asked (K1 to K4), and at the end of a turn that was cut
/// short. Thread-safe.
///
/// One is in the making and one may wait; of several that wait the newest is written (K3). What was
/// written is noted in the session by the agent's own thread, when it comes by next.
public final class SessionCheckpoints implements TurnWatch, AutoCloseable {

  private final Checkpoints all;
  private final ModelWriter model;
  private final CheckpointFile file;
  private final String session;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  /// How many tokens the highest threshold had that was reached in this window.
  private long reached;

  private @Nullable Job waiting;
  private @Nullable Job working;
  private CancellationSource cancellation = new CancellationSource();
  private @Nullable CheckpointKept written;
  private int noted;
  private boolean looked;
  private boolean stopped;

  /// A checkpoint that is to be written.
  ///
  /// @param extractive whether no model is to be asked
  private record Job(Sight sight, boolean extractive) {}

  SessionCheckpoints(
      Checkpoints all, ModelWriter model, String session, List<SessionFact> recorded) {
    this.all = all;
    this.model = model;
    this.session = session;
    this.file = new CheckpointFile(all.memory(), session);
    for (var fact : recorded) {
      if (fact instanceof CheckpointKept kept) {
        reached = kept.tokens();
        noted = kept.number();
      } else if (fact instanceof Rebuilt) {
        reached = 0;
      }
    }
  }

  @Override
  public void stepped(Sight sight) {
    if (sight.last().equals(TokenUsage.NONE)) {
      return;
    }
    look();
    note(sight);
    long usable = Thresholds.usable(sight.model().size(), all.budget());
    long crossed =
        all.thresholds().within(usable).stream()
            .filter(threshold -> threshold <= sight.tokens())
            .reduce(0L, (_, higher) -> higher);
    lock.lock();
    try {
      if (crossed > reached) {
        reached = crossed;
        begin(new Job(sight, false));
      }
    } finally {
      lock.unlock();
    }
  }

  /// What an earlier process has written and could not note any more is noted now; a session that
  /// has lost its file, as a copy of another one has, begins anew.
  private void look() {
    if (looked) {
      return;
    }
    looked = true;
    try {
      var held = file.read();
      lock.lock();
      try {
        reached = held.exists() ? reached : 0;
        noted = held.exists() ? noted : 0;
        written = held.exists() ? fact(held, reached) : null;
      } finally {
        lock.unlock();
      }
    } catch (MemoryException | EngineException unreadable) {
      all.notices().accept(String.valueOf(unreadable.getMessage()));
    }
  }

  @Override
  public void ended(Sight sight, Ending how) {
    lock.lock();
    try {
      stopped = how == Ending.STOPPED;
      boolean cutShort =
          how == Ending.ENDED
              || (stopped && sight.said().size() >= ContextLimits.CHECKPOINT_STOPPED_MESSAGES);
      if (cutShort && Mark.last(sight.said()).message() >= 0) {
        begin(new Job(sight, true));
      }
      if (how == Ending.ENDED && !sight.means().funds().allowsMore()) {
        // Nothing is left for what a model is still asked; it is written without one.
        cancellation.cancel();
      }
    } finally {
      lock.unlock();
    }
    if (how == Ending.ENDED) {
      await(ContextLimits.CHECKPOINT_FINISH_MILLIS);
    }
    note(sight);
  }

  @Override
  public void rearm() {
    lock.lock();
    try {
      reached = 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(Duration time) {
    return await(time.toMillis());
  }

  private boolean await(long millis) {
    long nanos = Duration.ofMillis(millis).toNanos();
    lock.lock();
    try {
      while (working != null) {
        if (nanos <= 0) {
          return false;
        }
        nanos = idle.awaitNanos(nanos);
      }
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Called with the lock held.
  private void begin(Job job) {
    if (working != null) {
      waiting = job;
      return;
    }
    working = job;
    cancellation = new CancellationSource();
    Thread.ofVirtual().name("checkpoint " + session).start(this::work);
  }

  private void work() {
    var job = next(null);
    while (job != null) {
      try {
        written(job);
      } catch (RuntimeException failure) {
        // A boundary: whatever goes wrong with this one, the next is written, and nobody waits for
        // one that is in the making no more (M13).
        all.notices()
            .accept("The checkpoint of this session is not written: " + failure.getMessage());
      } finally {
        job = next(job);
      }
    }
  }

  /// The one to be written; null if there is none.
  private @Nullable Job next(@Nullable Job done) {
    lock.lock();
    try {
      if (done != null) {
        working = waiting;
        waiting = null;
      }
      if (working == null) {
        idle.signalAll();
      }
      return working;
    } finally {
      lock.unlock();
    }
  }

  private void written(Job job) {
    try {
      var base = file.read();
      var soFar = soFar(job.sight());
      var bySomebody = job.extractive() ? Optional.<Written>empty() : byModel(job, soFar, base);
      // There always is one (K14).
      var next = bySomebody.orElseGet(() -> ExtractiveWriter.write(soFar, base.checkpoint()));
      keep(job, file.write(base, next));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Written> byModel(Job job, ConversationSoFar soFar, Held base) {
    try {
      return model.write(job.sight(), soFar, base.checkpoint(), cancellation);
    } catch (InterruptedException stopped) {
      return Optional.empty();
    }
  }

  private ConversationSoFar soFar(Sight sight) {
    var notes =
        all.memory().entries(all.memory().layout().notes(session)).stream()
            .map(entry -> new Note(entry.id(), entry.text()))
            .toList();
    return new ConversationSoFar(
        sight.said(), sight.own(), ConversationSoFar.tasksOf(sight.said()), notes);
  }

  private void keep(Job job, Held held) {
    var fact = fact(held, job.sight().tokens());
    lock.lock();
    try {
      written = fact;
    } finally {
      lock.unlock();
    }
  }

  /// What a session knows of a checkpoint that is in its file.
  ///
  /// @param tokens of a request when it was asked for; 0 if nobody counted
  public static CheckpointKept fact(Held held, long tokens) {
    var watermark = held.checkpoint().watermark();
    return new CheckpointKept(
        watermark.number(),
        watermark.writer().word(),
        watermark.covered().message(),
        watermark.covered().hash(),
        held.hash(),
        tokens);
  }

  /// Notes in the session what was written since the last time (SV2).
  private void note(Sight sight) {
    CheckpointKept fact;
    lock.lock();
    try {
      fact = written;
      written = null;
      if (fact == null || fact.number() <= noted) {
        return;
      }
      noted = fact.number();
    } finally {
      lock.unlock();
    }
    sight.means().journal().accept(fact);
    sight.means().events().accept(new AgentEvent.Notice("checkpoint", words(fact)));
  }

  private static String words(CheckpointKept fact) {
    return "checkpoint %d is written%s, up to m%d"
        .formatted(
            fact.number(),
            fact.writer().equals(Writer.MODEL.word()) ? " by the model" : " from what was said",
            fact.message());
  }

  /// Waits for the writer for a while, if nobody is in a hurry; what is not done then is written
  /// without a model (K3).
  @Override
  public void close() {
    long patience;
    lock.lock();
    try {
      patience = stopped ? 0 : ContextLimits.CHECKPOINT_EXIT_MILLIS;
    } finally {
      lock.unlock();
    }
    if (await(patience)) {
      return;
    }
    finish();
    await(ContextLimits.CHECKPOINT_FINISH_MILLIS);
  }

  /// The model is asked no longer, and what it was asked for is written without it.
  private void finish() {
    lock.lock();
    try {
      waiting = waiting == null ? null : new Job(waiting.sight(), true);
      cancellation.cancel();
    } finally {
      lock.unlock();
    }
  }
}
