package mimo.engine.journal;

import java.util.List;
import java.util.Optional;

/// Append-only streams of records; the only truth about a run (D1). Thread-safe.
///
/// Records of a stream are numbered from 1 without gaps. Every method may throw
/// [mimo.engine.EngineException.StoreFailure]. Reading never creates anything.
public interface Journal extends ControlBox, AutoCloseable {

  /// Takes the right to append to a stream, which need not exist yet, and mends its end: entries
  /// damaged by a torn write are set aside (D15).
  ///
  /// @throws mimo.engine.EngineException.LeaseRefused `run_live` if another owner lives (D43)
  Lease acquire(StreamId stream);

  /// Queues records to be appended together: all become durable, or none. Waits only while the
  /// queue is full. The order of calls is the order of records.
  void append(Lease lease, List<JournalRecord> records, AppendListener listener);

  /// Reads up to `atMost` records from number `from` on; fewer only at the stream's valid end.
  List<JournalRecord> read(StreamId stream, long from, int atMost);

  /// The stream's outline, or empty if it holds nothing.
  Optional<StreamOutline> outline(StreamId stream);

  /// All streams of a kind that hold records, the one started last first.
  List<StreamId> streams(String kind);

  /// Whether some live process may append to the stream right now.
  boolean owned(StreamId stream);

  /// Writes what is queued, then ends. Later calls fail.
  @Override
  void close();
}
