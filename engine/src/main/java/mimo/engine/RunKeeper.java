package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.EngineException.RemovalRefused;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.RunOrigin.Forked;
import mimo.engine.archive.ArchivedRun;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.archive.RunArchive;
import mimo.engine.archive.RunScrub;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.Redaction;
import mimo.engine.reuse.LineageReader;
import mimo.engine.reuse.RunLineage;

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
    this.archive = new RunArchive(journal, redaction, clock, random);
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

  /// Takes words out of every run that nobody works on now, for good (D71).
  ///
  /// @param words and what stands there instead
  /// @return the runs that had one
  public Removal scrub(Map<String, String> words) {
    var scrub = new RunScrub(journal, clock);
    var changed = new ArrayList<RunId>();
    var live = new ArrayList<RunId>();
    for (var stream : journal.streams(StreamId.RUN)) {
      var run = new RunId(stream.name());
      try {
        if (scrub.scrub(run, words)) {
          changed.add(run);
        }
      } catch (LeaseRefused worked) {
        live.add(run);
      } catch (StoreFailure damaged) {
        if (!damaged.code().equals("store_corrupt")) {
          throw damaged;
        }
        live.add(run);
      }
    }
    return new Removal(changed, live);
  }

  /// What became of runs from which something was to be removed.
  ///
  /// @param changed that can be continued, but not resumed exactly
  /// @param left that could not be changed now
  public record Removal(List<RunId> changed, List<RunId> left) {
    public Removal {
      changed = List.copyOf(changed);
      left = List.copyOf(left);
    }
  }

  /// Puts a copy into the store.
  ///
  /// @param options what becomes of launch options, which somebody else wrote
  /// @return the id it has here: another one if its own was taken
  public RunId store(ArchivedRun run, UnaryOperator<String> options) {
    return archive.store(run, options);
  }

  /// The entries of the last generation of a copy, read back.
  public static List<JournalEntry> entries(ArchivedRun run) {
    return lineage(run).latest().entries();
  }

  /// All generations of a copy, read back.
  public static RunLineage lineage(ArchivedRun run) {
    return new LineageReader(run::read).read(run.run());
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
  /// @throws RemovalRefused if a run that stays shares entries of one of them
  public void erase(List<RunId> runs) {
    var doomed = Set.copyOf(runs);
    var seen = new HashSet<StreamId>();
    requireUnneeded(doomed, seen);
    // Once more where nobody can write: a run may have been forked since.
    Runnable permit = () -> requireUnneeded(doomed, seen);
    var sessions =
        journal.streams(StreamId.SESSION).stream()
            .collect(Collectors.groupingBy(session -> session.name().split("-", 2)[0]));
    var streams = new ArrayList<StreamId>();
    for (var run : runs) {
      streams.addAll(sessions.getOrDefault(run.value(), List.of()));
      streams.add(StreamId.run(run));
      if (streams.size() >= EngineLimits.ERASED_AT_ONCE) {
        journal.erase(streams, permit);
        streams.clear();
      }
    }
    journal.erase(streams, permit);
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
    var all = history.list();
    var outdated =
        all.stream()
            .skip(newest)
            .filter(run -> endedBefore(run, before) && !pinned.contains(StreamId.run(run.id())))
            .toList();
    var needed = new HashSet<RunId>();
    all.stream()
        .filter(run -> !outdated.contains(run))
        .forEach(run -> needed.addAll(sources(run.id())));
    return outdated.stream().filter(run -> !needed.contains(run.id())).toList();
  }

  /// @param seen the runs that were looked at before: what they share does not change
  private void requireUnneeded(Set<RunId> doomed, Set<StreamId> seen) {
    for (var stream : journal.streams(StreamId.RUN)) {
      var stays = new RunId(stream.name());
      if (doomed.contains(stays) || seen.contains(stream)) {
        continue;
      }
      var needed = needed(stays, doomed);
      if (needed.isPresent()) {
        throw new RemovalRefused(
            "run " + needed.get() + " shares its entries with its fork " + stays);
      }
      if (!journal.read(stream, 1, 1).isEmpty()) {
        seen.add(stream);
      }
    }
  }

  private Optional<RunId> needed(RunId run, Set<RunId> among) {
    return sources(run).stream().filter(among::contains).findFirst();
  }

  /// The runs whose entries this one shares: that it was forked off, and so on.
  private List<RunId> sources(RunId run) {
    var sources = new ArrayList<RunId>();
    try {
      var at = run;
      while (sources.size() < EngineLimits.FORK_DEPTH
          && history.started(at).origin() instanceof Forked forked) {
        at = forked.source();
        sources.add(at);
      }
    } catch (ResumeRefused e) {
      // There is no such run any more, so it needs nothing.
      return sources;
    } catch (StoreFailure e) {
      if (!e.code().equals("store_corrupt")) {
        throw e;
      }
      // A damaged run cannot say more, and cannot be used either.
      return sources;
    }
    return sources;
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
