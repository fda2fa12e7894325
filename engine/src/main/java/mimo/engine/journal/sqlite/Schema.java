package mimo.engine.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import mimo.engine.EngineException.StoreFailure;

/// The tables, as numbered steps that lead from any older version to this one.
///
/// An entry's body is text, so that any SQLite shell can read a run. What a body is too small for
/// lies in `blob`, found by its digest.
final class Schema {

  private static final String VERSION_1 =
      """
      CREATE TABLE stream (
        id      INTEGER PRIMARY KEY,
        kind    TEXT NOT NULL,
        name    TEXT NOT NULL,
        UNIQUE (kind, name)
      );
      CREATE TABLE entry (
        stream  INTEGER NOT NULL REFERENCES stream (id),
        number  INTEGER NOT NULL,
        type    TEXT NOT NULL,
        body    TEXT NOT NULL,
        blobs   TEXT NOT NULL,
        crc     INTEGER NOT NULL,
        hash    BLOB NOT NULL,
        PRIMARY KEY (stream, number)
      ) WITHOUT ROWID;
      CREATE TABLE blob (
        digest  TEXT PRIMARY KEY,
        bytes   BLOB NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE lease (
        stream  INTEGER PRIMARY KEY REFERENCES stream (id),
        token   INTEGER NOT NULL,
        pid     INTEGER NOT NULL,
        started TEXT NOT NULL,
        boot    TEXT NOT NULL,
        host    TEXT NOT NULL
      );
      CREATE TABLE torn_entry (
        stream  INTEGER NOT NULL REFERENCES stream (id),
        number  INTEGER NOT NULL,
        type    TEXT NOT NULL,
        body    TEXT NOT NULL,
        found   TEXT NOT NULL DEFAULT (datetime())
      );
      """;

  /// The step at index n leads from version n to n + 1. Steps are added, never edited.
  private static final List<String> STEPS = List.of(VERSION_1);

  private Schema() {}

  static void refuseNewer(Connection connection, Path database) throws SQLException {
    var version = version(connection);
    if (version > STEPS.size()) {
      throw new StoreFailure(
          "store_newer",
          "the store "
              + database
              + " has version "
              + version
              + ", this mimo knows versions up to "
              + STEPS.size()
              + "; use the mimo that wrote it",
          null);
    }
  }

  /// Whether the tables of this version are there to be read.
  static boolean isReady(Connection connection, Path database) throws SQLException {
    refuseNewer(connection, database);
    return version(connection) == STEPS.size();
  }

  /// Brings an older store, or an empty file, to this version, in one transaction.
  static void bringUp(Connection connection, Path database) throws SQLException {
    if (version(connection) == STEPS.size()) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      refuseNewer(connection, database);
      for (var step : STEPS.subList(version(connection), STEPS.size())) {
        statement.executeUpdate(step);
      }
      statement.execute("PRAGMA user_version = " + STEPS.size());
      statement.execute("COMMIT");
    }
  }

  static int version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA user_version")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
