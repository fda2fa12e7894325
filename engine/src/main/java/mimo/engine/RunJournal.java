package mimo.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.Located;

/// The journal of one run, as its owner writes it. Every entry passes the redactor here and is
/// announced, by number, once it is durable. Thread-safe.
final class RunJournal {

  private final ReentrantLock order = new ReentrantLock();
  private final Journal journal;
  private final Lease lease;
  private final JournalCodec codec;
  private final EventDispatcher events;
  private final Consumer<EngineException> broken;

  /// Where the entries are whose steps left something, by step.
  private final Map<Integer, Place> memos = new ConcurrentHashMap<>();

  private long last;

  private record Place(StreamId stream, long number) {}

  /// @param broken told, on the journal's thread, when the run cannot be written any more
  RunJournal(
      Journal journal,
      Lease lease,
      JournalCodec codec,
      EventDispatcher events,
      Consumer<EngineException> broken) {
    this.journal = journal;
    this.lease = lease;
    this.codec = codec;
    this.events = events;
    this.broken = broken;
    this.last = lease.head();
  }

  /// What entries of earlier processes hold.
  void remember(List<Located> entries) {
    entries.forEach(each -> remember(each.entry(), each.stream(), each.number()));
  }

  private void remember(JournalEntry entry, StreamId stream, long number) {
    if (entry instanceof StepCompleted completed && completed.memo() != null) {
      memos.putIfAbsent(completed.seq(), new Place(stream, number));
    }
  }

  /// What a step of this run left for later ones, read back from what is stored; empty if it left
  /// nothing that is durable.
  Optional<String> memo(int seq) {
    var place = memos.get(seq);
    if (place == null) {
      return Optional.empty();
    }
    return journal.read(place.stream(), place.number(), 1).stream()
        .map(JournalCodec::decode)
        .filter(StepCompleted.class::isInstance)
        .map(entry -> ((StepCompleted) entry).memo())
        .filter(Objects::nonNull)
        .findFirst();
  }

  /// Redacts and encodes. What comes back is what every reader will see.
  EncodedEntry encode(JournalEntry entry) {
    return codec.encode(entry);
  }

  /// Queues entries that become durable together.
  ///
  /// @param durable runs on the journal's thread; must be quick and must not append
  void append(List<EncodedEntry> entries, Runnable durable) {
    append(entries, durable, _ -> {});
  }

  /// Appends and waits until the entries are durable.
  ///
  /// @throws EngineException if they cannot become so
  void appendAndWait(List<EncodedEntry> entries) throws InterruptedException {
    try {
      acknowledged(entries).get();
    } catch (ExecutionException e) {
      throw cause(e);
    }
  }

  /// The same for a run's last entry, which no late interrupt may disturb.
  void appendUninterrupted(List<EncodedEntry> entries) {
    try {
      acknowledged(entries).join();
    } catch (CompletionException e) {
      throw cause(e);
    }
  }

  /// Waits until all that is queued has become durable, or cannot become so any more.
  void drain() {
    try {
      appendUninterrupted(List.of());
    } catch (EngineException e) {
      // Nothing of this run is written any more, and whoever asked for it was told.
      return;
    }
  }

  private CompletableFuture<Void> acknowledged(List<EncodedEntry> entries) {
    var done = new CompletableFuture<Void>();
    append(entries, () -> done.complete(null), done::completeExceptionally);
    return done;
  }

  private static RuntimeException cause(Exception e) {
    return e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e);
  }

  private void append(
      List<EncodedEntry> entries, Runnable durable, Consumer<EngineException> failed) {
    order.lock();
    try {
      var first = last + 1;
      last += entries.size();
      for (int i = 0; i < entries.size(); i++) {
        remember(entries.get(i).stored(), lease.stream(), first + i);
      }
      journal.append(
          lease,
          entries.stream().map(EncodedEntry::record).toList(),
          new AppendListener() {
            @Override
            public void durable() {
              events.recorded(first, entries);
              durable.run();
            }

            @Override
            public void failed(EngineException cause) {
              broken.accept(cause);
              failed.accept(cause);
            }
          });
    } finally {
      order.unlock();
    }
  }
}
