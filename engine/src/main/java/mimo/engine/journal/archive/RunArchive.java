package mimo.engine.journal.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import mimo.engine.EngineException;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.Chain;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.Scrubbed;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.archive.ArchivedRun.ArchivedScript;
import mimo.engine.journal.archive.ArchivedRun.ArchivedStream;
import mimo.engine.redaction.Redaction;

/// Takes runs out of a store and puts them into one (D60). Thread-safe.
public final class RunArchive {

  private final Journal journal;
  private final Redaction redaction;
  private final RandomGenerator random;

  /// @param redaction with all rules, those for text that is kept among them
  /// @param random for the id of a run whose own is taken
  public RunArchive(Journal journal, Redaction redaction, RandomGenerator random) {
    this.journal = journal;
    this.redaction = redaction;
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
    var codec = new JournalCodec(redactor);
    var streams = new ArrayList<ArchivedStream>();
    for (var session : sessions(run)) {
      streams.add(cleaned(session, records(session), codec));
    }
    streams.add(cleaned(stream, records, codec));
    var texts =
        scripts.stream()
            .map(script ->
                new ArchivedScript(
                    script.location(), script.sha256(), redactor.clean(script.text())))
            .toList();
    return new ArchivedRun(run, streams, texts);
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

  private static ArchivedStream cleaned(
      StreamId stream, List<JournalRecord> records, JournalCodec codec) {
    var clean = new ArrayList<JournalRecord>();
    boolean changed = false;
    for (var record : records) {
      var entry = JournalCodec.decode(record);
      var again = codec.encode(entry);
      boolean same = again.stored().equals(entry);
      clean.add(same ? record : again.record());
      changed |= !same;
    }
    if (changed) {
      var scrubbed = new Scrubbed(Chain.head(stream, records), Chain.head(stream, clean));
      clean.add(codec.encode(scrubbed).record());
    }
    return new ArchivedStream(stream, clean);
  }

  /// Puts a run into the store, under a new id if its own is taken. The run appears as a whole or
  /// not at all: its own stream comes last, in one piece.
  ///
  /// @return the id it has here
  /// @throws EngineException if it cannot be written
  public RunId store(ArchivedRun archived) {
    var run = free(archived.run());
    for (var stream : archived.streams()) {
      var rest = stream.id().name().substring(archived.run().value().length());
      append(new StreamId(stream.id().kind(), run.value() + rest), stream.records());
    }
    return run;
  }

  private RunId free(RunId wanted) {
    var run = wanted;
    while (journal.outline(StreamId.run(run)).isPresent()) {
      run = RunId.random(random);
    }
    return run;
  }

  private void append(StreamId stream, List<JournalRecord> records) {
    var done = new CompletableFuture<Void>();
    try (var lease = journal.acquire(stream)) {
      journal.append(
          lease,
          records,
          new AppendListener() {
            @Override
            public void durable() {
              done.complete(null);
            }

            @Override
            public void failed(EngineException cause) {
              done.completeExceptionally(cause);
            }
          });
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e);
    }
  }
}
