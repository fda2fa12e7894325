package mimo.engine.journal.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import mimo.engine.EngineException.StoreFailure;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Says in our words what SQLite reports (D17).
final class SqliteFailures {

  /// SQLite's extended codes have the primary code in their lowest byte.
  private static final int PRIMARY = 0xff;

  private SqliteFailures() {}

  static StoreFailure of(SQLException e, Path database) {
    return switch (primary(e)) {
      case SQLITE_FULL ->
          failure("store_full", database, "the disk is full; free some space and resume", e);
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
          failure("store_readonly", database, "it cannot be written; make it so and resume", e);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          failure("store_corrupt", database, "it is damaged: " + e.getMessage(), e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          failure("store_failed", database, "another process keeps it busy; try again", e);
      case SQLITE_IOERR ->
          failure("store_failed", database, "the disk fails: " + e.getMessage(), e);
      default -> failure("store_failed", database, String.valueOf(e.getMessage()), e);
    };
  }

  private static SQLiteErrorCode primary(SQLException e) {
    return e instanceof SQLiteException failure
        ? SQLiteErrorCode.getErrorCode(failure.getResultCode().code & PRIMARY)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private static StoreFailure failure(String code, Path database, String why, SQLException e) {
    return new StoreFailure(code, "the store " + database + ": " + why, e);
  }
}
