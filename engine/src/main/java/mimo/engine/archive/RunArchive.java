package mimo.engine.archive;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import mimo.engine.EngineException;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.RunOrigin.Forked;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.archive.ArchivedRun.ArchivedStream;
import mimo.engine.journal.AwaitedAppend;
import mimo.engine.journal.Chain;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.Scrubbed;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Redactor;
import mimo.engine.reuse.LineageReader;
import mimo.engine.reuse.RunLineage;
import mimo.engine.reuse.SessionPlace;

/// Takes runs out of a store and puts them into one (D60). Thread-safe.
public final class RunArchive {

  private final Journal journal;
  private final Redaction redaction;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param redaction with all rules, those for text that is kept among them
  /// @param random for the id of a run whose own is taken
  public RunArchive(
      Journal journal, Redaction redaction, InstantSource clock, RandomGenerator random) {
    this.journal = journal;
    this.redaction = redaction;
    this.clock = clock;
    this.random = random;
  }

  /// A copy of a run as it is now. Where the bolder rules find something, the copy is cleaned and
  /// sealed anew, and says so in its last entry; the store keeps what it has.
  ///
  /// @param scripts the texts of its program
  /// @throws ResumeRefused `run_unknown`
  public ArchivedRun take(RunId run, List<ArchivedScript> scripts) {
    var stream = StreamId.run(run);
    var records = records(stream);
    if (records.isEmpty()) {
      throw new ResumeRefused("run_unknown", "run '" + run + "' is not in this store");
    }
    var started = (RunStarted) JournalCodec.decode(records.getFirst());
    var redactor = redaction.forRun(started.placeholderKey());
    var codec = new JournalCodec(redactor, clock);
    var streams = new ArrayList<ArchivedStream>();
    boolean changed = addSources(started, codec, streams);
    var sessions = new ArrayList<>(sharedSessions(run, started));
    sessions.addAll(sessions(run));
    for (var session : sessions) {
      var stored = records(session);
      var clean = stored.stream().map(record -> cleanedSession(record, codec.sessions())).toList();
      changed |= !clean.equals(stored);
      streams.add(new ArchivedStream(session, clean));
    }
    var clean = new ArrayList<>(records.stream().map(record -> cleaned(record, codec)).toList());
    if (changed || !clean.equals(records)) {
      var scrubbed = new Scrubbed(Chain.head(stream, records), Chain.head(stream, clean));
      clean.add(codec.encode(scrubbed).record());
    }
    streams.add(new ArchivedStream(stream, clean));
    var texts =
        scripts.stream()
            .map(script ->
                new ArchivedScript(
                    script.location(), script.sha256(), redactor.clean(script.text())))
            .toList();
    return new ArchivedRun(run, streams, texts);
  }

  /// Adds what a fork shares with others, the oldest first.
  ///
  /// @return whether something had to be removed from it
  private boolean addSources(RunStarted started, JournalCodec codec, List<ArchivedStream> streams) {
    if (!(started.origin() instanceof Forked forked)) {
      return false;
    }
    var source = StreamId.run(forked.source());
    var stored = records(source).stream().limit(forked.records()).toList();
    if (stored.isEmpty()) {
      throw new ResumeRefused(
          "run_unknown", "run '" + forked.source() + "', which it was forked off, is gone");
    }
    boolean changed =
        addSources((RunStarted) JournalCodec.decode(stored.getFirst()), codec, streams);
    var clean = stored.stream().map(record -> cleaned(record, codec)).toList();
    streams.add(new ArchivedStream(source, clean));
    return changed || !clean.equals(stored);
  }

  /// The sessions of steps that a fork shares with others, or reuses: they worked there.
  private List<StreamId> sharedSessions(RunId run, RunStarted started) {
    if (!(started.origin() instanceof Forked)) {
      return List.of();
    }
    var generations = new LineageReader(journal).read(run).generations();
    var shared = new ArrayList<StreamId>();
    for (int last = 1; last <= generations.size(); last++) {
      var lineage = new RunLineage(run, generations.subList(0, last));
      if (lineage.own().isEmpty()) {
        continue;
      }
      var place = new SessionPlace(lineage);
      for (var entry : lineage.latest().entries()) {
        if (entry instanceof StepScheduled step && step.request().kind().isAgent()) {
          shared.add(place.of(step.seq()));
        }
      }
    }
    return shared.stream()
        .filter(session -> !owner(session).equals(run) && journal.outline(session).isPresent())
        .distinct()
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  /// The streams of a run's sessions, whose names begin with its id.
  private List<StreamId> sessions(RunId run) {
    return journal.streams(StreamId.SESSION).stream()
        .filter(session -> session.name().startsWith(run.value()))
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  private List<JournalRecord> records(StreamId stream) {
    var records = new ArrayList<JournalRecord>();
    List<JournalRecord> page;
    do {
      page = journal.read(stream, records.size() + 1L, EngineLimits.READ_PAGE);
      records.addAll(page);
    } while (page.size() == EngineLimits.READ_PAGE);
    return records;
  }

  /// The record as it is, unless something must be removed from it.
  private static JournalRecord cleaned(JournalRecord record, JournalCodec codec) {
    var written = JournalCodec.decodeWritten(record);
    var again = codec.encode(written);
    return again.stored().equals(written.entry()) ? record : again.record();
  }

  private static JournalRecord cleanedSession(JournalRecord record, SessionCodec codec) {
    var entry = SessionCodec.decode(record);
    var again = codec.encode(entry);
    return again.stored().equals(entry) ? record : again.record();
  }

  /// Puts a run into the store, under a new id if its own is taken. The run appears as a whole or
  /// not at all: its own stream comes last, in one piece.
  ///
  /// @param options what becomes of launch options, which somebody else wrote
  /// @return the id it has here
  /// @throws EngineException if its record makes no sense, or cannot be written
  public RunId store(ArchivedRun archived, UnaryOperator<String> options) {
    // What cannot be read would be in the way of every command that looks at all runs.
    var _ = new LineageReader(archived::read).read(archived.run());
    var changing = new ImportedOptions(options, new JournalCodec(Redactor.NONE, clock));
    var names = new HashMap<RunId, RunId>();
    for (var stream : archived.streams()) {
      var owner = owner(stream.id());
      boolean isSource = stream.id().kind().equals(StreamId.RUN) && !owner.equals(archived.run());
      if (isSource && !names.containsKey(owner)) {
        var records = renamed(stream.records(), names);
        // One that was run here keeps its own options, and is not stored again.
        if (isHere(owner, records)) {
          names.put(owner, owner);
          continue;
        }
        var cleared = changing.in(records);
        var here = isHere(owner, cleared) ? owner : free(owner);
        names.put(owner, here);
        if (!isHere(here, cleared)) {
          store(here, streams(archived, owner, names, changing));
        }
      }
    }
    var run = free(archived.run());
    store(run, streams(archived, archived.run(), names, changing));
    return run;
  }

  /// The streams of one of its runs, the run's own last.
  private List<ArchivedStream> streams(
      ArchivedRun archived, RunId owner, Map<RunId, RunId> names, ImportedOptions changing) {
    return archived.streams().stream()
        .filter(stream -> owner(stream.id()).equals(owner))
        .sorted(Comparator.comparing(stream -> stream.id().kind().equals(StreamId.RUN)))
        .map(stream ->
            new ArchivedStream(stream.id(), changing.in(renamed(stream.records(), names))))
        .toList();
  }

  /// The run a stream is of; the names of all its streams begin with its id.
  private static RunId owner(StreamId stream) {
    return new RunId(stream.name().split("-", 2)[0]);
  }

  private boolean isHere(RunId run, List<JournalRecord> records) {
    return journal.read(StreamId.run(run), 1, records.size()).equals(records);
  }

  private void store(RunId run, List<ArchivedStream> streams) {
    try (var lease = journal.acquire(StreamId.run(run))) {
      for (var stream : streams) {
        var rest = stream.id().name().substring(run.value().length());
        append(lease, new StreamId(stream.id().kind(), run.value() + rest), stream.records());
      }
    }
  }

  /// A fork names the run it was forked off, which may have another id here.
  private List<JournalRecord> renamed(List<JournalRecord> records, Map<RunId, RunId> names) {
    return records.stream().map(record -> renamed(record, names)).toList();
  }

  private JournalRecord renamed(JournalRecord record, Map<RunId, RunId> names) {
    if (!record.type().equals(RunStarted.TYPE)) {
      return record;
    }
    var written = JournalCodec.decodeWritten(record);
    if (!(written.entry() instanceof RunStarted started)
        || !(started.origin() instanceof Forked forked)) {
      return record;
    }
    var here = names.getOrDefault(forked.source(), forked.source());
    return here.equals(forked.source())
        ? record
        : new JournalCodec(Redactor.NONE, clock)
            .encode(new WrittenEntry(started.from(forked.of(here)), written.at()))
            .record();
  }

  /// An id of which nothing is here: an import that was cut off leaves sessions without a run.
  private RunId free(RunId wanted) {
    var taken =
        journal.streams(StreamId.SESSION).stream()
            .map(RunArchive::owner)
            .collect(Collectors.toSet());
    var run = wanted;
    while (taken.contains(run) || journal.outline(StreamId.run(run)).isPresent()) {
      run = RunId.random(random);
    }
    return run;
  }

  private void append(Lease lease, StreamId stream, List<JournalRecord> records) {
    var append = new AwaitedAppend();
    journal.append(lease, stream, records, append);
    append.await();
  }
}
