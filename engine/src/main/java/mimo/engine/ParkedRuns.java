package mimo.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamTip;
import org.jspecify.annotations.Nullable;

/// The parked runs of a store, for whoever takes up those that are due (D51, D52). Confined to its
/// user; made by [Engine#parkedRuns].
///
/// It may be asked several times a second, for days: while nobody writes, a look reads no run.
public final class ParkedRuns implements AutoCloseable {

  /// Nothing is written to it: who owns it watches.
  private static final StreamId WATCH = new StreamId("watch", "due");

  private static final Comparator<Instant> LATER = Comparator.naturalOrder();

  private final Journal journal;
  private final IdleRuns idle;
  private @Nullable Lease watch;
  private long revision;
  private @Nullable List<ParkedRun> last;

  /// Requests to parked runs that were looked at, and are open still.
  private final Set<Long> heard = new HashSet<>();

  ParkedRuns(Journal journal, IdleRuns idle) {
    this.journal = journal;
    this.idle = idle;
  }

  /// Makes this process the only one that watches, until it ends or this is closed.
  ///
  /// @return who watches already; empty if this process does now
  public Optional<String> watchAlone() {
    try {
      watch = journal.acquire(WATCH);
      return Optional.empty();
    } catch (LeaseRefused taken) {
      return Optional.of(taken.owner());
    }
  }

  /// All of them as they stand, in the order in which they become due.
  ///
  /// What was asked of one by somebody who did not live to see to it is done first: an answer makes
  /// its run due.
  public List<ParkedRun> look() {
    long now = journal.revision();
    if (last == null || revision != now) {
      last = read();
      revision = now;
    }
    return last;
  }

  private List<ParkedRun> read() {
    var tips = tips();
    if (serve(tips)) {
      tips = tips();
    }
    // The oldest first where several are due at once.
    return tips.reversed().stream()
        .map(ParkedRuns::parked)
        .sorted(Comparator.comparing(ParkedRun::until, Comparator.nullsLast(LATER)))
        .toList();
  }

  private List<StreamTip> tips() {
    return journal.endingWith(StreamId.RUN, RunParked.TYPE);
  }

  /// Each request is looked at once while its run is parked: one that only an owner can act on
  /// stays until there is one.
  ///
  /// @return whether anything was looked at
  private boolean serve(List<StreamTip> parked) {
    if (parked.isEmpty()) {
      return false;
    }
    var runs = parked.stream().map(StreamTip::stream).collect(Collectors.toSet());
    var open =
        journal.postedAfter(0).stream().filter(posted -> runs.contains(posted.stream())).toList();
    var fresh = open.stream().filter(posted -> !heard.contains(posted.id())).toList();
    heard.clear();
    open.forEach(posted -> heard.add(posted.id()));
    fresh.stream().map(posted -> new RunId(posted.stream().name())).distinct().forEach(idle::serve);
    return !fresh.isEmpty();
  }

  private static ParkedRun parked(StreamTip tip) {
    var entry = (RunParked) JournalCodec.decode(tip.record());
    return new ParkedRun(
        new RunId(tip.stream().name()), tip.number(), entry.reason(), entry.until());
  }

  /// Somebody else may watch from now on.
  @Override
  public void close() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }
}
