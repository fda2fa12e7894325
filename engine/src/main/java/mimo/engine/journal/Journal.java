package mimo.engine.journal;

import java.util.List;
import java.util.Optional;

/// Append-only streams of records; the only truth about a run (D1). Thread-safe.
///
/// Records of a stream are numbered from 1 without gaps. Every method may throw
/// [mimo.engine.EngineException.StoreFailure]. Reading never creates anything.
public interface Journal extends ControlBox, Keeping, AutoCloseable {

  /// Takes the right to append to a stream, which need not exist yet, and mends its end: entries
  /// damaged by a torn write are set aside (D15).
  ///
  /// @throws mimo.engine.EngineException.LeaseRefused `run_live` if another owner lives (D43)
  Lease acquire(StreamId stream);

  /// Takes the right to append away from whoever has it, alive or not: his next append is refused
  /// as `fenced` (D43).
  Lease takeOver(StreamId stream);

  /// Queues records to be appended together: all become durable, or none. Waits only while the
  /// queue is full. The order of calls is the order of records.
  default void append(Lease lease, List<JournalRecord> records, AppendListener listener) {
    append(lease, lease.stream(), records, listener);
  }

  /// Queues records for a stream that belongs to the lease's, such as the session of one of a run's
  /// steps: by the same right, and in the same line. So what was queued before, in whichever of
  /// them, is never less durable; and if an append to one is lost, none to the others follows.
  void append(Lease lease, StreamId stream, List<JournalRecord> records, AppendListener listener);

  /// Reads up to `atMost` records from number `from` on; fewer only at the stream's valid end.
  List<JournalRecord> read(StreamId stream, long from, int atMost);

  /// The stream's outline, or empty if it holds nothing.
  Optional<StreamOutline> outline(StreamId stream);

  /// All streams of a kind that hold records, the one started last first.
  List<StreamId> streams(String kind);

  /// The streams of a kind whose last entry is of this type, the one started last first. A stream
  /// that is damaged is passed over.
  List<StreamTip> endingWith(String kind, String type);

  /// A number that is another one once anybody, in whichever process, has written anything since.
  /// It costs next to nothing: who waits for something may ask this several times a second.
  long revision();

  /// Whether some live process may append to the stream right now.
  boolean owned(StreamId stream);

  /// Writes what is queued, then ends. Later calls fail.
  @Override
  void close();
}
