package mimo.engine.journal.sqlite;

import java.sql.SQLException;
import mimo.engine.EngineException;

/// Something to write. Its methods are called on the writer's thread: [#apply], then one of the
/// other two.
interface Work {

  void apply(EntryTable table) throws SQLException;

  /// What was applied, together with all that was in line, survives a power cut.
  void committed();

  /// Nothing was written.
  void failed(EngineException cause);
}
