package mimo.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.WrittenEntry;

/// Tells one listener what became durable, in order, on a thread of its own. Thread-safe.
///
/// The queue in between is short and nobody waits for it. An event that finds it full is not lost:
/// it is in the journal, and the dispatcher reads it from there when it gets that far.
final class EventDispatcher {

  private final EventSequence sequence;
  private final RunListener listener;
  private final LongFunction<List<WrittenEntry>> journal;
  private final BlockingQueue<Signal> queue;
  private final AtomicLong durable;
  private final Thread thread;
  private long next;

  private sealed interface Signal {
    record Recorded(long number, WrittenEntry entry) implements Signal {}

    record Started(int seq) implements Signal {}

    record Rests(Standstill standstill) implements Signal {}

    record End() implements Signal {}
  }

  /// @param sequence of the run, as it is at `head`
  /// @param head how many entries the run had before; the listener does not hear of them
  /// @param journal reads some of the run's entries from a number on
  EventDispatcher(
      EventSequence sequence,
      RunListener listener,
      long head,
      LongFunction<List<WrittenEntry>> journal) {
    this(sequence, listener, head, journal, EngineLimits.EVENT_QUEUE);
  }

  EventDispatcher(
      EventSequence sequence,
      RunListener listener,
      long head,
      LongFunction<List<WrittenEntry>> journal,
      int queued) {
    this.sequence = sequence;
    this.listener = listener;
    this.journal = journal;
    this.queue = new ArrayBlockingQueue<>(queued);
    this.durable = new AtomicLong(head);
    this.next = head + 1;
    this.thread = Thread.ofVirtual().name("events " + sequence.run()).start(this::dispatch);
  }

  /// Entries became durable. Called in order; never waits.
  void recorded(long first, List<EncodedEntry> entries) {
    durable.set(first + entries.size() - 1);
    for (var i = 0; i < entries.size(); i++) {
      if (!queue.offer(new Signal.Recorded(first + i, entries.get(i).written()))) {
        return;
      }
    }
  }

  /// A body started. Ephemeral: dropped if the listener is far behind.
  void stepStarted(int seq) {
    var _ = queue.offer(new Signal.Started(seq));
  }

  /// The run can only wait, or goes on. Ephemeral, too.
  void rests(Standstill standstill) {
    var _ = queue.offer(new Signal.Rests(standstill));
  }

  /// Lets the listener hear the rest, but not for ever.
  void close(Duration patience) {
    try {
      if (queue.offer(new Signal.End(), patience.toMillis(), TimeUnit.MILLISECONDS)
          && thread.join(patience)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void dispatch() {
    try {
      var signal = take();
      while (!(signal instanceof Signal.End)) {
        tell(signal);
        signal = take();
      }
      catchUp(durable.get());
    } catch (InterruptedException | RuntimeException e) {
      // A listener that fails, or that is too slow at the end, hears nothing more. The run is not
      // its business, and all it missed is in the journal.
      queue.clear();
    }
  }

  private Signal take() throws InterruptedException {
    var signal = queue.poll();
    if (signal == null) {
      catchUp(durable.get());
      signal = queue.take();
    }
    return signal;
  }

  private void tell(Signal signal) {
    switch (signal) {
      case Signal.Recorded(var number, var entry) -> {
        catchUp(number - 1);
        tell(number, entry);
      }
      case Signal.Started(var seq) -> listener.stepStarted(sequence.run(), seq);
      case Signal.Rests(var standstill) -> listener.rests(sequence.run(), standstill);
      case Signal.End() -> {}
    }
  }

  private void tell(long number, WrittenEntry entry) {
    if (number == next) {
      next++;
      listener.recorded(sequence.take(number, entry));
    }
  }

  private void catchUp(long to) {
    while (next <= to) {
      for (var entry : journal.apply(next)) {
        tell(next, entry);
      }
    }
  }
}
