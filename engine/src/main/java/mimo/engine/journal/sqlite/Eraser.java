package mimo.engine.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Keeping.Rewriting;
import mimo.engine.journal.StreamId;

/// Removes streams, and every byte of them. What SQLite deletes it overwrites (`secure_delete`),
/// but the write-ahead log still has it until its content is in the database and the log is empty.
final class Eraser {

  private static final String ROW = "SELECT id FROM stream WHERE kind = ? AND name = ?";
  private static final String VALUES = "SELECT blobs FROM entry WHERE stream = ? AND blobs <> ''";
  private static final String ALL_VALUES = "SELECT blobs FROM entry WHERE blobs <> ''";
  private static final List<String> ENTRIES =
      List.of("DELETE FROM entry WHERE stream = ?", "DELETE FROM torn_entry WHERE stream = ?");
  private static final List<String> TABLES =
      List.of(
          "DELETE FROM entry WHERE stream = ?",
          "DELETE FROM torn_entry WHERE stream = ?",
          "DELETE FROM lease WHERE stream = ?",
          "DELETE FROM stream WHERE id = ?");
  private static final String VALUE = "DELETE FROM blob WHERE digest = ?";
  private static final String EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)";

  private final Connection connection;

  Eraser(Connection connection) {
    this.connection = connection;
  }

  /// Removes all of them in one transaction.
  ///
  /// @param permit throws if they must stay; called where no other process can write
  void erase(List<StreamId> streams, Runnable permit) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      permit.run();
      var values = new HashSet<String>();
      for (var stream : streams) {
        erase(stream, values);
      }
      eraseUnused(values);
      execute("COMMIT");
    } catch (SQLException | RuntimeException e) {
      execute("ROLLBACK");
      throw e;
    }
    emptyLog();
  }

  /// Replaces the entries of all of them in one transaction, sealed anew.
  void rewrite(List<StreamId> streams, Rewriting rewriting) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      var values = new HashSet<String>();
      for (var stream : streams) {
        rewrite(stream, rewriting, values);
      }
      eraseUnused(values);
      execute("COMMIT");
    } catch (SQLException | RuntimeException e) {
      execute("ROLLBACK");
      throw e;
    }
    emptyLog();
  }

  private void rewrite(StreamId stream, Rewriting rewriting, Set<String> values)
      throws SQLException {
    var row = row(stream);
    var before = records(stream);
    if (row.isEmpty() || before.isEmpty()) {
      return;
    }
    var after = rewriting.of(stream, before);
    if (after.equals(before)) {
      return;
    }
    try (var select = connection.prepareStatement(VALUES)) {
      select.setLong(1, row.getAsLong());
      addValues(select, values);
    }
    for (var table : ENTRIES) {
      try (var delete = connection.prepareStatement(table)) {
        delete.setLong(1, row.getAsLong());
        delete.executeUpdate();
      }
    }
    var entries = new EntryTable(connection);
    entries.append(new Tail(row.getAsLong(), StreamEnd.none(stream)), after);
    entries.flush();
  }

  private List<JournalRecord> records(StreamId stream) throws SQLException {
    var reader = new StreamReader(connection);
    var records = new ArrayList<JournalRecord>();
    List<JournalRecord> page;
    do {
      page = reader.read(stream, records.size() + 1L, EngineLimits.READ_PAGE);
      records.addAll(page);
    } while (page.size() == EngineLimits.READ_PAGE);
    return records;
  }

  private OptionalLong row(StreamId stream) throws SQLException {
    try (var select = connection.prepareStatement(ROW)) {
      select.setString(1, stream.kind());
      select.setString(2, stream.name());
      try (var rows = select.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private void erase(StreamId stream, Set<String> values) throws SQLException {
    var row = row(stream);
    if (row.isPresent()) {
      erase(row.getAsLong(), values);
    }
  }

  private void erase(long row, Set<String> values) throws SQLException {
    try (var select = connection.prepareStatement(VALUES)) {
      select.setLong(1, row);
      addValues(select, values);
    }
    for (var table : TABLES) {
      try (var delete = connection.prepareStatement(table)) {
        delete.setLong(1, row);
        delete.executeUpdate();
      }
    }
  }

  private static void addValues(PreparedStatement select, Set<String> values) throws SQLException {
    try (var rows = select.executeQuery()) {
      while (rows.next()) {
        values.addAll(List.of(rows.getString(1).split(" ", -1)));
      }
    }
  }

  /// Equal values are stored once, so others may need them.
  private void eraseUnused(Set<String> values) throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    var used = new HashSet<String>();
    try (var select = connection.prepareStatement(ALL_VALUES)) {
      addValues(select, used);
    }
    values.removeAll(used);
    try (var delete = connection.prepareStatement(VALUE)) {
      for (var digest : values) {
        delete.setString(1, digest);
        delete.executeUpdate();
      }
    }
  }

  /// Writes the file anew without its gaps.
  void compact() throws SQLException {
    execute("VACUUM");
    emptyLog();
  }

  /// Waits for readers, but not for ever.
  private void emptyLog() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(EMPTY_LOG)) {
      if (rows.next() && rows.getInt(1) != 0) {
        throw new StoreFailure(
            "store_failed",
            "what was removed still stands in the write-ahead log, since another process reads it;"
                + " run mimo runs gc once more",
            null);
      }
    }
  }

  private void execute(String command) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
