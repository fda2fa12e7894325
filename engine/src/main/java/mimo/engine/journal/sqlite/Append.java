package mimo.engine.journal.sqlite;

import java.sql.SQLException;
import java.util.List;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// Records of one stream that become durable together.
final class Append implements Work {

  private final SqliteLease lease;
  private final StreamId stream;
  private final List<JournalRecord> records;
  private final AppendListener listener;
  private @Nullable EngineException refused;

  Append(SqliteLease lease, StreamId stream, List<JournalRecord> records, AppendListener listener) {
    this.lease = lease;
    this.stream = stream;
    this.records = records;
    this.listener = listener;
  }

  /// A refused append fails alone; the others of its transaction go on.
  @Override
  public void apply(EntryTable table) throws SQLException {
    refused = table.refusal(lease);
    if (refused == null) {
      refused = append(table);
    }
    if (refused != null) {
      lease.breakOff(refused);
    }
  }

  private @Nullable EngineException append(EntryTable table) throws SQLException {
    try {
      table.append(table.tail(lease, stream), records);
      return null;
    } catch (StoreFailure e) {
      // The end of a session is looked at when it is first written to, and may be damaged.
      return e;
    }
  }

  @Override
  public void committed() {
    if (refused == null) {
      listener.durable();
    } else {
      listener.failed(refused);
    }
  }

  @Override
  public void failed(EngineException cause) {
    lease.breakOff(cause);
    listener.failed(cause);
  }
}
