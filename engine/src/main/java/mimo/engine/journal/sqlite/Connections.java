package mimo.engine.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import mimo.engine.EngineLimits;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// Opens connections as D12 wants them.
final class Connections implements StoreAccess {

  private final Schema schema;

  Connections(Schema schema) {
    this.schema = schema;
  }

  @Override
  public Schema.Age age(Connection connection, Path database) throws SQLException {
    return schema.age(connection, database);
  }

  /// A newer store is left untouched, so it is looked at first.
  @Override
  public Connection writer(Path database) throws SQLException {
    try (var look = reader(database)) {
      schema.age(look, database);
    }
    var config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    var connection = open(config, database);
    try {
      schema.bringUp(connection, database);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// SQLite wants write access to the shared index of a store in WAL mode even for reading, so the
  /// refusal to write is a setting, not an open mode.
  @Override
  public Connection reader(Path database) throws SQLException {
    var config = config();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    var connection = open(config, database);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(EngineLimits.STORE_BUSY.toMillis()));
    return config;
  }

  /// A connection with no more than the settings that every one has.
  static Connection plain(Path database) throws SQLException {
    return open(config(), database);
  }

  private static Connection open(SQLiteConfig config, Path database) throws SQLException {
    return config.createConnection("jdbc:sqlite:" + database);
  }
}
