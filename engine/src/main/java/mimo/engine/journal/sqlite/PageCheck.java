package mimo.engine.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Reads every page of a store and says what is wrong with them, for as long as it may.
final class PageCheck {

  private static final String CHECK = "PRAGMA quick_check(5)";
  private static final String SOUND = "ok";

  /// Often enough to stop within milliseconds, seldom enough not to be felt.
  private static final int STEPS_BETWEEN_LOOKS = 1_000;

  private PageCheck() {}

  /// @param patience after which it gives up; the timeout of a JDBC statement would not do, as here
  ///   that is how long a *locked* store is waited for
  /// @return what is damaged; empty if it gave up
  static Optional<List<String>> damage(Connection connection, Duration patience)
      throws SQLException {
    var end = System.nanoTime() + patience.toNanos();
    ProgressHandler.setHandler(
        connection,
        STEPS_BETWEEN_LOOKS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - end < 0 ? 0 : 1;
          }
        });
    try {
      return Optional.of(damage(connection));
    } catch (SQLiteException e) {
      if (e.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
        return Optional.empty();
      }
      throw e;
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  private static List<String> damage(Connection connection) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(CHECK)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    found.remove(SOUND);
    return found;
  }
}
