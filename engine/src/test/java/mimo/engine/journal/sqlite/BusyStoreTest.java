package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.EngineException;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.JournalContract.Acknowledgements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.BusyHandler;

/// A store that another process writes to for longer than SQLite waits (D44).
final class BusyStoreTest {

  private static final StreamId RUN = new StreamId("run", "aaaaaaaaaaaa");

  @TempDir private Path folder = Path.of("unset");

  private final AtomicInteger waits = new AtomicInteger();

  /// After so many waits in vain the other process is done.
  private int patience = Integer.MAX_VALUE;

  private SqliteJournal journal = new SqliteJournal(Path.of("unset"));

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  /// A real store whose writer waits no time at all, and counts how often it would have.
  private final class HastyStore implements StoreAccess {
    private final StoreAccess store = new Connections(Schema.CURRENT);
    private final Connection other;

    HastyStore(Connection other) {
      this.other = other;
    }

    @Override
    public Connection writer(Path database) throws SQLException {
      var connection = store.writer(database);
      BusyHandler.setHandler(
          connection,
          new BusyHandler() {
            @Override
            protected int callback(int earlier) throws SQLException {
              if (waits.incrementAndGet() <= patience) {
                return 0;
              }
              end(other);
              return 1;
            }
          });
      return connection;
    }

    @Override
    public Connection reader(Path database) throws SQLException {
      return store.reader(database);
    }

    @Override
    public Schema.Age age(Connection connection, Path database) throws SQLException {
      return store.age(connection, database);
    }
  }

  private static void command(Connection connection, String command) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static void end(Connection other) throws SQLException {
    command(other, "ROLLBACK");
  }

  private static JournalRecord record(int n) {
    return new JournalRecord("log_written", "{\"n\":" + n + "}", Map.of());
  }

  private Optional<EngineException> append(Lease lease, int n) {
    var heard = new Acknowledgements();
    journal.append(lease, List.of(record(n)), heard);
    return heard.next();
  }

  private Path database() {
    return folder.resolve("mimocode.db");
  }

  private Connection other() throws SQLException {
    new StoreFiles(folder).create();
    new Connections(Schema.CURRENT).writer(database()).close();
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  @Test
  void writesOnceAnotherProcessThatWroteForLongIsDoneD44() throws SQLException {
    try (var other = other()) {
      journal = new SqliteJournal(folder, new HastyStore(other));
      var lease = journal.acquire(RUN);
      patience = 11;
      command(other, "BEGIN IMMEDIATE");

      var first = append(lease, 1);
      var second = append(lease, 2);

      assertEquals(List.of(Optional.empty(), Optional.empty()), List.of(first, second));
      assertEquals(12, waits.get());
      assertEquals(List.of(record(1), record(2)), journal.read(RUN, 1, 9));
      lease.close();
    }
  }

  @Test
  void failsIfTheOtherProcessIsNeverDone() throws SQLException {
    try (var other = other()) {
      journal = new SqliteJournal(folder, new HastyStore(other));
      var lease = journal.acquire(RUN);
      command(other, "BEGIN IMMEDIATE");

      var refused = append(lease, 1).orElseThrow();
      end(other);

      assertEquals(
          "store_failed: the store " + database() + ": another process keeps it busy; try again",
          refused.code() + ": " + refused.getMessage());
      assertEquals(12, waits.get());
      assertEquals(List.of(), journal.read(RUN, 1, 9));
      lease.close();
    }
  }
}
