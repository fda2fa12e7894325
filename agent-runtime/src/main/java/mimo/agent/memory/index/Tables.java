package mimo.agent.memory.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.memory.index.Document.Section;
import org.sqlite.SQLiteConfig;

/// The index in SQLite: the sections, and three full-text tables over them (M15). Confined to one
/// thread at a time.
final class Tables implements AutoCloseable {

  /// Another number makes another index: when tables, or what stands in them, change.
  private static final String VERSION = "1";

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
          """
          CREATE TABLE IF NOT EXISTS document (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL,
            hash TEXT NOT NULL, modified INTEGER NOT NULL, seen INTEGER NOT NULL)\
          """,
          """
          CREATE TABLE IF NOT EXISTS section (
            id INTEGER PRIMARY KEY, document INTEGER NOT NULL, ordinal INTEGER NOT NULL,
            heading TEXT NOT NULL, body TEXT NOT NULL, extra TEXT NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL, asks INTEGER NOT NULL)\
          """,
          "CREATE INDEX IF NOT EXISTS section_document ON section (document)",
          """
          CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
            heading, body, extra, content='section', content_rowid='id',
            tokenize="unicode61 remove_diacritics 2")\
          """,
          """
          CREATE VIRTUAL TABLE IF NOT EXISTS stems USING fts5(
            heading, body, content='section', content_rowid='id',
            tokenize="porter unicode61 remove_diacritics 2")\
          """,
          """
          CREATE VIRTUAL TABLE IF NOT EXISTS grams USING fts5(
            heading, body, content='section', content_rowid='id', tokenize="trigram")\
          """,
          "INSERT INTO words(words, rank) VALUES('secure-delete', 1)",
          "INSERT INTO stems(stems, rank) VALUES('secure-delete', 1)",
          "INSERT INTO grams(grams, rank) VALUES('secure-delete', 1)",
          // What is gathered before it is written: making all of it anew merges less.
          "INSERT INTO grams(grams, rank) VALUES('hashsize', 16777216)",
          "INSERT OR REPLACE INTO about VALUES('version', '" + VERSION + "')");

  private static final List<String> FULL_TEXT = List.of("words", "stems", "grams");

  private static final String ADD_SECTION =
      "INSERT INTO section(document, ordinal, heading, body, extra, first, last, asks)"
          + " VALUES(?, ?, ?, ?, ?, ?, ?, ?)";

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /// A document as the index has it.
  record Row(long id, String name, String stamp, String hash, Instant modified, Instant seen) {}

  /// Where a section belongs.
  ///
  /// @param asks whether it ends with a question, which what follows may answer
  record Place(long document, int ordinal, String heading, boolean asks) {}

  private Tables(Connection connection) {
    this.connection = connection;
  }

  /// Opens the index, which is made where it is missing.
  static Tables open(IndexFile file) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(AgentLimits.MEMORY_INDEX_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // It can be made anew: what a power cut takes is missed by nobody.
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    var tables = new Tables(config.createConnection(file.url()));
    try {
      tables.bringUp();
      return tables;
    } catch (SQLException | RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  private void bringUp() throws SQLException {
    if (number("SELECT count(*) FROM sqlite_schema WHERE name = 'about'") == 0) {
      make();
    }
    if (!text("SELECT value FROM about WHERE name = 'version'").equals(VERSION)) {
      throw new SQLException("the index is of another version");
    }
  }

  private void make() throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      for (var command : SCHEMA) {
        execute(command);
      }
      execute("COMMIT");
    } catch (SQLException e) {
      execute("ROLLBACK");
      throw e;
    }
  }

  /// Whether looking at all of it takes no time that anybody would notice. What is larger shows its
  /// damage when it is used.
  boolean isCheckedSoon() throws SQLException {
    return number("SELECT count(*) FROM section") <= AgentLimits.MEMORY_CHECKED_SECTIONS;
  }

  /// Whether everything in it fits together.
  boolean isSound() throws SQLException {
    if (!text("PRAGMA quick_check(1)").equals("ok")) {
      return false;
    }
    for (var table : FULL_TEXT) {
      execute("INSERT INTO %1$s(%1$s, rank) VALUES('integrity-check', 1)".formatted(table));
    }
    return true;
  }

  /// What is read up to the next [#rollback] is of one moment.
  void beginReading() throws SQLException {
    execute("BEGIN");
  }

  void begin() throws SQLException {
    execute("BEGIN IMMEDIATE");
  }

  void commit() throws SQLException {
    execute("COMMIT");
  }

  void rollback() throws SQLException {
    execute("ROLLBACK");
  }

  /// Takes what was deleted out of the write-ahead log too.
  void emptyLog() throws SQLException {
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /// A number that is another one once another process has written.
  long revision() throws SQLException {
    return number("PRAGMA data_version");
  }

  List<Row> documents() throws SQLException {
    var rows = new ArrayList<Row>();
    var select = statement("SELECT id, name, stamp, hash, modified, seen FROM document");
    try (var found = select.executeQuery()) {
      while (found.next()) {
        rows.add(
            new Row(
                found.getLong(1),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                Instant.ofEpochMilli(found.getLong(5)),
                Instant.ofEpochMilli(found.getLong(6))));
      }
    }
    return rows;
  }

  Map<Long, Place> places() throws SQLException {
    var places = new HashMap<Long, Place>();
    var select = statement("SELECT id, document, ordinal, heading, asks FROM section");
    try (var found = select.executeQuery()) {
      while (found.next()) {
        places.put(
            found.getLong(1),
            new Place(found.getLong(2), found.getInt(3), found.getString(4), found.getBoolean(5)));
      }
    }
    return places;
  }

  Section section(long id) throws SQLException {
    var select = statement("SELECT heading, body, first, last FROM section WHERE id = ?");
    select.setLong(1, id);
    try (var found = select.executeQuery()) {
      if (!found.next()) {
        throw new SQLException("section " + id + " is gone");
      }
      return new Section(found.getString(1), found.getString(2), found.getInt(3), found.getInt(4));
    }
  }

  /// Notes that a document is still what the index has of it.
  void touch(Row row, String stamp, Instant seen) throws SQLException {
    var update = statement("UPDATE document SET stamp = ?, seen = ? WHERE id = ?");
    update.setString(1, stamp);
    update.setLong(2, seen.toEpochMilli());
    update.setLong(3, row.id());
    update.executeUpdate();
  }

  void remove(Row row) throws SQLException {
    for (var table : FULL_TEXT) {
      var columns = table.equals("words") ? "heading, body, extra" : "heading, body";
      var delete =
          statement(
              ("INSERT INTO %1$s(%1$s, rowid, %2$s)"
                      + " SELECT 'delete', id, %2$s FROM section WHERE document = ?")
                  .formatted(table, columns));
      delete.setLong(1, row.id());
      delete.executeUpdate();
    }
    for (var command :
        List.of("DELETE FROM section WHERE document = ?", "DELETE FROM document WHERE id = ?")) {
      var delete = statement(command);
      delete.setLong(1, row.id());
      delete.executeUpdate();
    }
  }

  void add(Document document, Document.Content content, Instant seen) throws SQLException {
    var insert =
        statement("INSERT INTO document(name, stamp, hash, modified, seen) VALUES(?, ?, ?, ?, ?)");
    insert.setString(1, document.name());
    insert.setString(2, document.stamp().word());
    insert.setString(3, content.hash());
    insert.setLong(4, document.stamp().modified().toEpochMilli());
    insert.setLong(5, seen.toEpochMilli());
    insert.executeUpdate();
    long id = number("SELECT last_insert_rowid()");
    int ordinal = 0;
    for (var section : content.sections()) {
      add(id, ordinal++, section);
    }
  }

  private void add(long document, int ordinal, Section section) throws SQLException {
    var extra = Terms.extra(section.heading(), section.body());
    var insert = statement(ADD_SECTION);
    insert.setLong(1, document);
    insert.setInt(2, ordinal);
    insert.setString(3, section.heading());
    insert.setString(4, section.body());
    insert.setString(5, extra);
    insert.setInt(6, section.first());
    insert.setInt(7, section.last());
    insert.setBoolean(8, section.asks());
    insert.executeUpdate();
    long id = number("SELECT last_insert_rowid()");
    for (var table : FULL_TEXT) {
      boolean words = table.equals("words");
      var add =
          statement(
              words
                  ? "INSERT INTO words(rowid, heading, body, extra) VALUES(?, ?, ?, ?)"
                  : "INSERT INTO " + table + "(rowid, heading, body) VALUES(?, ?, ?)");
      add.setLong(1, id);
      add.setString(2, section.heading());
      add.setString(3, section.body());
      if (words) {
        add.setString(4, extra);
      }
      add.executeUpdate();
    }
  }

  /// Takes what a table finds.
  interface Finding {
    void add(long section, double score);
  }

  /// Tells all sections a table finds, with their BM25 scores, which are positive here.
  ///
  /// @param weights of the columns
  void find(String table, String weights, String match, Finding finding) throws SQLException {
    var select =
        statement(
            "SELECT rowid, -bm25(%1$s, %2$s) FROM %1$s WHERE %1$s MATCH ?"
                .formatted(table, weights));
    select.setString(1, match);
    try (var rows = select.executeQuery()) {
      while (rows.next()) {
        finding.add(rows.getLong(1), rows.getDouble(2));
      }
    }
  }

  /// How many sections a table would find, which costs a small part of finding them.
  int count(String table, String match) throws SQLException {
    var select = statement("SELECT count(*) FROM %1$s WHERE %1$s MATCH ?".formatted(table));
    select.setString(1, match);
    try (var rows = select.executeQuery()) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /// The best sections by one query alone, as a plain full-text search has them.
  List<Long> best(String match, int limit) throws SQLException {
    var select = statement("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?");
    select.setString(1, match);
    select.setInt(2, limit);
    var best = new ArrayList<Long>();
    try (var rows = select.executeQuery()) {
      while (rows.next()) {
        best.add(rows.getLong(1));
      }
    }
    return best;
  }

  private PreparedStatement statement(String command) throws SQLException {
    var known = Optional.ofNullable(statements.get(command));
    if (known.isPresent()) {
      return known.get();
    }
    var made = connection.prepareStatement(command);
    statements.put(command, made);
    return made;
  }

  private void execute(String command) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private long number(String query) throws SQLException {
    try (var rows = statement(query).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private String text(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
