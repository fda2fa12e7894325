package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.archive.ArchivedRun;
import mimo.engine.journal.archive.ArchivedRun.ArchivedScript;
import mimo.engine.journal.archive.RunArchive;
import mimo.engine.redaction.Redaction;

/// Keeps the runs of a store: takes copies of them out and in, and removes those nobody needs (D60,
/// D61). Thread-safe.
public final class RunKeeper implements AutoCloseable {

  private final Journal journal;
  private final RunHistory history;
  private final RunArchive archive;
  private final InstantSource clock;

  /// The keeper closes the journal when it closes.
  ///
  /// @param redaction with the rules for text that is kept
  public RunKeeper(
      Journal journal, Redaction redaction, InstantSource clock, RandomGenerator random) {
    this.journal = journal;
    this.history = new RunHistory(journal);
    this.archive = new RunArchive(journal, redaction, random);
    this.clock = clock;
  }

  /// What a run was started with.
  ///
  /// @throws ResumeRefused `run_unknown`
  public RunRequest started(RunId run) {
    return history.started(run).request();
  }

  /// A copy of all there is of a run, cleaned by every rule.
  ///
  /// @throws ResumeRefused `run_unknown`
  public ArchivedRun take(RunId run, List<ArchivedScript> scripts) {
    return archive.take(run, scripts);
  }

  /// Puts a copy into the store.
  ///
  /// @return the id it has here: another one if its own was taken
  public RunId store(ArchivedRun run) {
    return archive.store(run);
  }

  /// The entries of a copy, read back.
  public static List<JournalEntry> entries(ArchivedRun run) {
    return run.records().stream().map(JournalCodec::decode).toList();
  }

  public void pin(RunId run) {
    journal.pin(StreamId.run(run));
  }

  public void unpin(RunId run) {
    journal.unpin(StreamId.run(run));
  }

  /// Removes runs and all that belongs to them; their bytes are gone from the disk. The room they
  /// took is given back if no process works on a run.
  ///
  /// @throws EngineException.LeaseRefused `run_live` if some process works on one of them
  public void erase(List<RunId> runs) {
    var names = new HashSet<String>();
    runs.forEach(run -> names.add(run.value()));
    var streams = new ArrayList<StreamId>();
    for (var session : journal.streams(StreamId.SESSION)) {
      if (names.contains(session.name().split("-", 2)[0])) {
        streams.add(session);
      }
    }
    runs.forEach(run -> streams.add(StreamId.run(run)));
    for (int from = 0; from < streams.size(); from += EngineLimits.ERASED_AT_ONCE) {
      int to = Math.min(streams.size(), from + EngineLimits.ERASED_AT_ONCE);
      journal.erase(streams.subList(from, to));
    }
    journal.compact();
  }

  /// The runs that may be removed by their age: they have ended, nobody pinned them, and they are
  /// not among the newest.
  ///
  /// @param age how long ago they ended at least
  /// @param newest how many of the newest runs stay in any case
  public List<RunSummary> outdated(Duration age, int newest) {
    var before = clock.instant().minus(age);
    var pinned = journal.pinned();
    return history.list().stream()
        .skip(newest)
        .filter(run -> endedBefore(run, before) && !pinned.contains(StreamId.run(run.id())))
        .toList();
  }

  private static boolean endedBefore(RunSummary run, Instant moment) {
    var ended = run.endedAt();
    return ended != null && !ended.isAfter(moment);
  }

  /// How many bytes the store takes on the disk.
  public long bytes() {
    return journal.bytes();
  }

  @Override
  public void close() {
    journal.close();
  }
}
