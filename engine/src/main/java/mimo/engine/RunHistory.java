package mimo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.JournalEntry.RunPaused;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamOutline;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.reuse.Generation;
import mimo.engine.reuse.LineageReader;
import mimo.engine.reuse.RunLineage;
import mimo.engine.reuse.SessionPlace;

/// Reads what the journal knows of runs, whoever owns them (D44). Thread-safe.
final class RunHistory {

  private final Journal journal;

  RunHistory(Journal journal) {
    this.journal = journal;
  }

  /// All generations of a run, and of those it was forked off.
  ///
  /// @throws ResumeRefused `run_unknown` if there is none
  RunLineage lineage(RunId id) {
    requireKnown(id);
    return new LineageReader(journal).read(id);
  }

  /// @throws ResumeRefused `run_unknown` if there is no such run
  void requireKnown(RunId id) {
    if (journal.read(StreamId.run(id), 1, 1).isEmpty()) {
      throw unknown(id.value());
    }
  }

  /// All entries of a run's own stream.
  ///
  /// @throws ResumeRefused `run_unknown` if there is none
  List<JournalEntry> entries(RunId id) {
    return all(id).stream().map(WrittenEntry::entry).toList();
  }

  /// All entries of a run, with the time at which each was written.
  ///
  /// @throws ResumeRefused `run_unknown` if there is none
  List<WrittenEntry> all(RunId id) {
    var entries = new ArrayList<WrittenEntry>();
    List<WrittenEntry> page;
    do {
      page = written(id, entries.size() + 1L);
      entries.addAll(page);
    } while (page.size() == EngineLimits.READ_PAGE);
    if (entries.isEmpty()) {
      throw unknown(id.value());
    }
    return entries;
  }

  /// Some entries of a run from a number on.
  List<WrittenEntry> written(RunId id, long from) {
    return journal.read(StreamId.run(id), from, EngineLimits.READ_PAGE).stream()
        .map(JournalCodec::decodeWritten)
        .toList();
  }

  /// How the run first began.
  RunStarted started(RunId id) {
    var first = journal.read(StreamId.run(id), 1, 1);
    if (first.isEmpty()) {
      throw unknown(id.value());
    }
    return started(id, JournalCodec.decode(first.getFirst()));
  }

  static RunStarted started(RunId id, JournalEntry first) {
    if (first instanceof RunStarted started) {
      return started;
    }
    throw new StoreFailure(
        "store_corrupt", "run " + id + " begins with " + first.type() + ", not run_started", null);
  }

  /// What the body of a step of the latest generation wrote down.
  List<SessionEntry> session(RunId id, int seq) {
    var stream = new SessionPlace(lineage(id)).of(seq);
    return new SessionReader(journal).read(stream);
  }

  /// All runs, the newest first.
  List<RunSummary> list() {
    return journal.streams(StreamId.RUN).stream()
        .map(stream -> known(new RunId(stream.name())))
        .flatMap(Optional::stream)
        .toList();
  }

  /// How one run stands.
  ///
  /// @throws ResumeRefused `run_unknown` if there is none
  RunSummary summary(RunId id) {
    return known(id).orElseThrow(() -> unknown(id.value()));
  }

  private Optional<RunSummary> known(RunId id) {
    try {
      return journal.outline(StreamId.run(id)).map(outline -> summary(id, outline));
    } catch (StoreFailure e) {
      var damaged = new RunState.Damaged(e.code() + ": " + e.getMessage());
      return Optional.of(new RunSummary(id, "", damaged, null, null, 0, 0, 0, RunProgress.UNKNOWN));
    }
  }

  private RunSummary summary(RunId id, StreamOutline outline) {
    var started = started(id, JournalCodec.decode(outline.first()));
    var last = lastFact(outline);
    var ended = last instanceof RunEnded end ? end : null;
    var counts =
        started.origin() == null && outline.count(RunStarted.TYPE) == 1
            ? outline.counts()
            : counts(lineage(id).latest());
    return new RunSummary(
        id,
        started.request().workflow(),
        ended == null ? open(outline.stream(), last) : closed(ended),
        started.at(),
        ended == null ? null : ended.at(),
        count(counts, StepScheduled.TYPE),
        count(counts, StepCompleted.TYPE),
        count(counts, StepFailed.TYPE),
        ended == null
            ? RunProgress.of(lineage(id).latest().entries())
            : new RunProgress("", ended.usage()));
  }

  /// A generation counts the steps it reuses as its own, and no others.
  private static Map<String, Long> counts(Generation generation) {
    return generation.entries().stream()
        .collect(Collectors.groupingBy(JournalEntry::type, Collectors.counting()));
  }

  private static int count(Map<String, Long> counts, String type) {
    return Math.toIntExact(counts.getOrDefault(type, 0L));
  }

  /// The last entry that tells of the run itself, and not of its record.
  private JournalEntry lastFact(StreamOutline outline) {
    var last = JournalCodec.decode(outline.last());
    long number = outline.counts().values().stream().mapToLong(count -> count).sum();
    while (last instanceof JournalEntry.Scrubbed && number > 1) {
      number--;
      last = JournalCodec.decode(journal.read(outline.stream(), number, 1).getFirst());
    }
    return last;
  }

  /// The same of all entries of a run.
  static JournalEntry lastFact(List<JournalEntry> entries) {
    return entries.reversed().stream()
        .filter(entry -> !(entry instanceof JournalEntry.Scrubbed))
        .findFirst()
        .orElseGet(entries::getLast);
  }

  private RunState open(StreamId stream, JournalEntry last) {
    if (journal.owned(stream)) {
      return new RunState.Running();
    }
    return switch (last) {
      case RunParked(var reason, var code, var message, var until, _) ->
          new RunState.Parked(reason, code, message, until);
      case RunPaused(var code, var message, _) -> new RunState.Paused(code, message);
      case JournalEntry _ -> new RunState.Interrupted();
    };
  }

  private static RunState closed(RunEnded ended) {
    return switch (ended.status()) {
      case COMPLETED -> new RunState.Completed(ended.losses().size());
      case FAILED -> new RunState.Failed(String.valueOf(ended.code()));
      case CANCELLED -> new RunState.Cancelled();
    };
  }

  /// The one run whose id begins with `prefix`.
  RunId find(String prefix) {
    if (prefix.length() < EngineLimits.SHORTEST_RUN_PREFIX) {
      throw new ResumeRefused(
          "run_unknown",
          "run '"
              + prefix
              + "': type at least "
              + EngineLimits.SHORTEST_RUN_PREFIX
              + " characters of its id");
    }
    var found =
        journal.streams(StreamId.RUN).stream()
            .filter(stream -> stream.name().startsWith(prefix))
            .toList();
    return switch (found.size()) {
      case 0 -> throw unknown(prefix);
      case 1 -> new RunId(found.getFirst().name());
      default ->
          throw new ResumeRefused(
              "run_ambiguous",
              "run '" + prefix + "' is one of " + names(found) + "; type more of its id");
    };
  }

  private static String names(List<StreamId> streams) {
    return String.join(", ", streams.stream().map(StreamId::name).toList());
  }

  static ResumeRefused unknown(String run) {
    return new ResumeRefused("run_unknown", "run '" + run + "' is not in this store");
  }
}
