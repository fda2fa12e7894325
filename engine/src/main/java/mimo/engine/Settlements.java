package mimo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepSpent;

/// Settled steps on their way to the workflow. Thread-safe.
///
/// Who journals a settlement depends on who is free. If the run's thread waits for results, it
/// takes the settlement as it is and writes it together with the delivery: one commit for both, so
/// a sequential step costs two (D13). If the run's thread is busy, the settling thread writes at
/// once, so that paid work is durable early; the delivery follows as an entry of its own.
final class Settlements {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final RunJournal journal;
  private final List<Arrival> arrivals = new ArrayList<>();
  private boolean awaited;
  private boolean stopped;
  private boolean closed;

  /// A settled step, and who has yet to journal it.
  sealed interface Arrival {
    SettledEntry entry();

    /// Its entry is queued for the journal, or was there already.
    record Journaled(SettledEntry entry) implements Arrival {}

    /// The taker journals it.
    record Fresh(EncodedEntry encoded) implements Arrival {
      @Override
      public SettledEntry entry() {
        return (SettledEntry) encoded.stored();
      }
    }
  }

  Settlements(RunJournal journal) {
    this.journal = journal;
  }

  /// A step has ended. Steps that end after the run are dropped.
  void settle(SettledEntry entry) {
    var encoded = journal.encode(entry);
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (awaited) {
        arrivals.add(new Arrival.Fresh(encoded));
      } else {
        append(encoded);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// A step has ended because somebody wanted it to: what says so comes before its end, in the same
  /// commit. Dropped after the run's end, and then it says neither.
  ///
  /// @param durable runs on the journal's thread
  void settle(JournalEntry why, SettledEntry entry, Runnable durable) {
    var end = journal.encode(entry);
    var both = List.of(journal.encode(why), end);
    lock.lock();
    try {
      if (!closed) {
        journal.append(both, durable);
        arrivals.add(new Arrival.Journaled((SettledEntry) end.stored()));
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// A step is to begin anew: its end, if it waits here, is not handed over. What it used is paid
  /// for, so the end is written all the same.
  ///
  /// @return whether it waited here
  boolean withdraw(int seq) {
    lock.lock();
    try {
      for (var arrival : arrivals) {
        if (arrival.entry().seq() == seq) {
          arrivals.remove(arrival);
          if (arrival instanceof Arrival.Fresh(var encoded)) {
            journal.append(List.of(encoded), () -> {});
          }
          return true;
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// A step begins anew.
  ///
  /// @param why says so
  /// @param begin runs on the journal's thread once that is durable
  void beginAnew(JournalEntry why, Runnable begin) {
    var encoded = journal.encode(why);
    lock.lock();
    try {
      if (!closed) {
        journal.append(List.of(encoded), begin);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A body has used something, and nobody waits until that is durable.
  ///
  /// @return whether it will be written: after the run's end nothing is
  boolean spent(StepSpent spent) {
    var encoded = journal.encode(spent);
    lock.lock();
    try {
      if (!closed) {
        journal.append(List.of(encoded), () -> {});
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void append(EncodedEntry encoded) {
    journal.append(List.of(encoded), () -> {});
    arrivals.add(new Arrival.Journaled((SettledEntry) encoded.stored()));
  }

  /// Steps that an earlier process settled and did not deliver: they come first (D6).
  void restore(List<SettledEntry> undelivered) {
    lock.lock();
    try {
      undelivered.forEach(entry -> arrivals.add(new Arrival.Journaled(entry)));
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something has settled, and takes all that has.
  ///
  /// @throws InterruptedException if the run is being stopped
  List<Arrival> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaited = true;
      while (arrivals.isEmpty()) {
        if (stopped) {
          throw new InterruptedException("the run is being stopped");
        }
        changed.await();
      }
      var taken = List.copyOf(arrivals);
      arrivals.clear();
      return taken;
    } finally {
      awaited = false;
      lock.unlock();
    }
  }

  /// Wakes the run's thread: nothing more needs to be waited for.
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The run's thread takes nothing more. What it left unwritten is written: the work is paid for.
  void close() {
    lock.lock();
    try {
      closed = true;
      for (var arrival : arrivals) {
        if (arrival instanceof Arrival.Fresh(var encoded)) {
          journal.append(List.of(encoded), () -> {});
        }
      }
      arrivals.clear();
    } finally {
      lock.unlock();
    }
  }
}
