package mimo.engine.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
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

  /// Requests to the owners of streams, with numbers that begin at random: an imported run brings
  /// its own along, and they must not be taken for those of this store. A lease says which of the
  /// stream's lock files counts, and where locks cannot be trusted, when its owner last said that
  /// it lives, in milliseconds.
  private static final String VERSION_2 =
      """
      CREATE TABLE control_request (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        stream  INTEGER NOT NULL REFERENCES stream (id) ON DELETE CASCADE,
        body    TEXT NOT NULL,
        outcome TEXT
      );
      INSERT INTO sqlite_sequence (name, seq)
      VALUES ('control_request', abs(random() % 1000000000) * 1000000);
      CREATE INDEX open_request ON control_request (stream) WHERE outcome IS NULL;
      ALTER TABLE lease ADD COLUMN lock INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE lease ADD COLUMN beat INTEGER;
      """;

  /// Whether a stream is kept however old it is.
  private static final String VERSION_3 =
      "ALTER TABLE stream ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;";

  /// The schema this mimo works with.
  static final Schema CURRENT = new Schema(List.of(VERSION_1, VERSION_2, VERSION_3));

  private final List<String> steps;

  /// What a database is to a schema; a newer one is refused at sight.
  enum Age {
    /// It holds nothing.
    EMPTY,
    OLDER,
    CURRENT
  }

  /// @param steps the one at index n leads from version n to n + 1; steps are added, never edited
  Schema(List<String> steps) {
    this.steps = List.copyOf(steps);
  }

  int version() {
    return steps.size();
  }

  /// The same schema, one version later.
  Schema and(String step) {
    return new Schema(Stream.concat(steps.stream(), Stream.of(step)).toList());
  }

  /// @throws StoreFailure `store_newer` if a later mimo wrote the store
  Age age(Connection connection, Path database) throws SQLException {
    var version = version(connection);
    if (version > steps.size()) {
      throw new StoreFailure(
          "store_newer",
          "the store "
              + database
              + " has version "
              + version
              + ", this mimo knows versions up to "
              + steps.size()
              + "; use the mimo that wrote it",
          null);
    }
    if (version == steps.size()) {
      return Age.CURRENT;
    }
    return version == 0 ? Age.EMPTY : Age.OLDER;
  }

  /// Brings an older store, or an empty file, to this version, in one transaction (D16). An older
  /// one is copied before that; nobody else can write in between.
  void bringUp(Connection connection, Path database) throws SQLException {
    if (age(connection, database) == Age.CURRENT) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      // Another process may have been faster.
      if (age(connection, database) == Age.OLDER) {
        Backup.take(database, version(connection));
      }
      for (var step : steps.subList(version(connection), steps.size())) {
        statement.executeUpdate(step);
      }
      statement.execute("PRAGMA user_version = " + steps.size());
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
