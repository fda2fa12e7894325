package mimo.engine.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// How a journal gets at its database.
interface StoreAccess {

  /// A connection that writes, to a store that has been brought to the current version.
  Connection writer(Path database) throws SQLException;

  /// A connection that only reads, to a store as it is.
  Connection reader(Path database) throws SQLException;

  /// What the store is to this mimo.
  Schema.Age age(Connection connection, Path database) throws SQLException;
}
