package mimo.engine.reuse;

import java.util.ArrayList;
import java.util.List;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.RunOrigin.Forked;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;

/// Reads the generations of a run, and follows a fork to the run it shares entries with (D38).
/// Thread-safe.
public final class LineageReader {

  private final Records records;

  /// Where records are read, as [Journal#read] does.
  public interface Records {
    List<JournalRecord> read(StreamId stream, long from, int atMost);
  }

  public LineageReader(Journal journal) {
    this((Records) journal::read);
  }

  public LineageReader(Records records) {
    this.records = records;
  }

  /// All that is recorded of a run right now.
  public RunLineage read(RunId run) {
    return read(run, Long.MAX_VALUE, 0);
  }

  /// @param records how many of the stream's records count
  private RunLineage read(RunId run, long records, int depth) {
    if (depth > EngineLimits.FORK_DEPTH) {
      throw new StoreFailure(
          "store_corrupt",
          "run " + run + " is a fork of forks, more than " + EngineLimits.FORK_DEPTH + " deep",
          null);
    }
    var generations = new ArrayList<Generation>();
    var current = new ArrayList<Located>();
    for (var each : entries(StreamId.run(run), records)) {
      if (each.entry() instanceof RunStarted started) {
        close(current, generations);
        if (started.origin() instanceof Forked forked) {
          requireFirst(run, each);
          var source = read(forked.source(), forked.records(), depth + 1).generations();
          generations.addAll(source);
          current.add(each);
          current.addAll(ForkCut.of(cutOff(run, source, forked), forked.step().seq()));
          continue;
        }
      }
      current.add(each);
    }
    close(current, generations);
    return new RunLineage(run, generations);
  }

  /// A fork begins its stream, and only once: or a small file could have its sources read for ever.
  private static void requireFirst(RunId run, Located fork) {
    if (fork.number() != 1) {
      throw new StoreFailure(
          "store_corrupt",
          "run %s becomes a fork at entry %d; only the first entry can say so"
              .formatted(run, fork.number()),
          null);
    }
  }

  private static Generation cutOff(RunId run, List<Generation> source, Forked forked) {
    var last = source.getLast();
    if (last.number() != forked.step().generation()) {
      throw new StoreFailure(
          "store_corrupt",
          "run %s is a fork of generation %d of run %s, which has come to %d"
              .formatted(run, forked.step().generation(), forked.source(), last.number()),
          null);
    }
    return last;
  }

  private static void close(List<Located> current, List<Generation> generations) {
    if (!current.isEmpty()) {
      generations.add(new Generation((RunStarted) current.getFirst().entry(), current));
      current.clear();
    }
  }

  private List<Located> entries(StreamId stream, long records) {
    var entries = new ArrayList<Located>();
    int page;
    do {
      long from = entries.size() + 1L;
      int atMost = Math.clamp(records - entries.size(), 0, EngineLimits.READ_PAGE);
      var read = atMost == 0 ? List.<Located>of() : page(stream, from, atMost);
      entries.addAll(read);
      page = read.size();
    } while (page == EngineLimits.READ_PAGE);
    if (entries.isEmpty() || !(entries.getFirst().entry() instanceof RunStarted)) {
      var found = entries.isEmpty() ? "nothing" : entries.getFirst().entry().type();
      throw new StoreFailure(
          "store_corrupt",
          stream.kind() + " " + stream.name() + " begins with " + found + ", not run_started",
          null);
    }
    return entries;
  }

  private List<Located> page(StreamId stream, long from, int atMost) {
    var entries = new ArrayList<Located>();
    for (var record : records.read(stream, from, atMost)) {
      var written = JournalCodec.decodeWritten(record);
      entries.add(new Located(written, stream, from + entries.size(), false));
    }
    return entries;
  }
}
