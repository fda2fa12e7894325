package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/// A copy of a store from before its schema changes (D16).
final class Backup {

  private Backup() {}

  /// Copies the store beside itself, as `mimocode-v1.backup.db` for version 1. Whoever calls this
  /// keeps all others from writing, so a copy that lies there already is an unfinished attempt's.
  static void take(Path database, int version) throws SQLException {
    var name = "mimocode-v" + version + ".backup.db";
    var part = database.resolveSibling(name + ".part");
    try {
      StoreFiles.createAnew(part);
      copy(database, part);
      StoreFiles.publish(part, database.resolveSibling(name));
    } catch (IOException e) {
      throw StoreFailures.of(e, "the store " + database + " cannot be copied to " + name);
    }
  }

  /// SQLite copies what is committed, and leaves alone the locks that copying by hand would drop.
  private static void copy(Path database, Path part) throws SQLException {
    try (var look = Connections.plain(database);
        var statement = look.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, part.toString());
      statement.execute();
    }
  }
}
