package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import mimo.engine.EngineException.StoreFailure;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Says in our words what SQLite and the file system report (D17).
final class StoreFailures {

  /// SQLite's extended codes have the primary code in their lowest byte.
  private static final int PRIMARY = 0xff;

  private StoreFailures() {}

  /// @param what failed, as the beginning of a sentence
  static StoreFailure of(IOException e, String what) {
    return new StoreFailure(code(e), what + ": " + e, e);
  }

  private static String code(IOException e) {
    var reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (reason.contains("no space left") || reason.contains("quota exceeded")) {
      return "store_full";
    }
    return e instanceof AccessDeniedException || reason.contains("read-only file system")
        ? "store_readonly"
        : "store_failed";
  }

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

  /// Whether another process has the right to write, and keeps it.
  static boolean isBusy(SQLException e) {
    return primary(e) == SQLiteErrorCode.SQLITE_BUSY;
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
