package mimo.engine;

import java.time.Instant;
import java.util.Comparator;
import mimo.engine.journal.JournalEntry.GateOpened;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.TimerSet;
import mimo.engine.journal.JournalEntry.WaitEntry;
import org.jspecify.annotations.Nullable;

/// What one open step waits for, where that is nobody's work.
sealed interface Wait {

  /// The order in which waits end.
  Comparator<Wait> BY_TIME =
      Comparator.comparing(Wait::due, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparingInt(Wait::seq);

  Step step();

  /// When it ends by itself; null if it does not.
  @Nullable Instant due();

  Standstill.Cause cause();

  default int seq() {
    return step().seq();
  }

  default String label() {
    return step().request().label();
  }

  /// A wait the journal knows of.
  sealed interface Recorded extends Wait {
    WaitEntry entry();
  }

  /// A moment.
  record Timer(Step step, Instant due) implements Recorded {
    @Override
    public WaitEntry entry() {
      return new TimerSet(seq(), due);
    }

    @Override
    public Standstill.Cause cause() {
      return new Standstill.Cause.Time(seq(), label(), due);
    }
  }

  /// An answer.
  ///
  /// @param foregone what comes of it without anybody being asked; null if people are
  record Question(Step step, Gate gate, @Nullable Instant expiry, @Nullable SettledEntry foregone)
      implements Recorded {

    @Override
    public @Nullable Instant due() {
      return foregone == null ? expiry : Instant.MIN;
    }

    @Override
    public WaitEntry entry() {
      return new GateOpened(seq(), gate.question(), gate.schema(), gate.fallback(), expiry);
    }

    @Override
    public Standstill.Cause cause() {
      return new Standstill.Cause.Answer(seq(), label(), gate, expiry);
    }
  }

  /// The end of a provider's limit. The journal does not know of it: the step is simply open.
  record Limit(Step step, ActivityResult.Suspended why, Instant due) implements Wait {
    @Override
    public Standstill.Cause cause() {
      return new Standstill.Cause.Limit(seq(), label(), why.code(), why.message(), due);
    }
  }
}
