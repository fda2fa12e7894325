package mimo.engine.journal.sqlite;

import java.sql.SQLException;
import java.util.List;
import mimo.engine.EngineException;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.JournalRecord;
import org.jspecify.annotations.Nullable;

/// Records of one stream that become durable together.
final class Append implements Work {

  private final SqliteLease lease;
  private final List<JournalRecord> records;
  private final AppendListener listener;
  private @Nullable EngineException refused;

  Append(SqliteLease lease, List<JournalRecord> records, AppendListener listener) {
    this.lease = lease;
    this.records = records;
    this.listener = listener;
  }

  /// A refused append fails alone; the others of its transaction go on.
  @Override
  public void apply(EntryTable table) throws SQLException {
    refused = lease.broken();
    if (refused == null) {
      refused = table.refusal(lease);
    }
    if (refused == null) {
      table.append(lease, records);
    } else {
      lease.breakOff(refused);
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
