package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.StoreCheckup.Database;
import mimo.engine.journal.sqlite.StoreCheckup.Pages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCheckupTest {

  private static final int NOW = Schema.CURRENT.version();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final StreamId RUN = new StreamId(StreamId.RUN, "aaaaaaaaaaaa");

  @TempDir private Path home;

  @Test
  void createsNothingWhereNothingIs() {
    var checkup = StoreCheckup.of(store(), PATIENCE);

    assertEquals(Optional.empty(), checkup.database());
    assertEquals(Optional.empty(), checkup.remote());
    assertTrue(checkup.freeBytes() > 0 && !checkup.fileSystem().isEmpty(), checkup.toString());
    assertFalse(Files.exists(store()));
  }

  @Test
  void findsASoundStoreSound() throws InterruptedException {
    try (var journal = new SqliteJournal(store())) {
      write(journal);
    }

    assertEquals(Optional.of(new Database(NOW, 1, 0, 0, new Pages.Sound())), database());
  }

  @Test
  void leavesTheCheckOutWhileARunIsWorkedOn() throws InterruptedException {
    try (var journal = new SqliteJournal(store());
        var lease = journal.acquire(RUN)) {
      append(journal, lease);

      assertEquals(Optional.of(new Database(NOW, 1, 0, 1, new Pages.InUse())), database());
    }
  }

  @Test
  void seesAStoreWithoutTables() throws IOException {
    Files.createDirectories(store());
    Files.createFile(store().resolve("mimocode.db"));

    assertEquals(Optional.of(new Database(0, 0, 0, 0, new Pages.Other())), database());
  }

  @Test
  void namesWhatIsDamaged() throws Exception {
    try (var journal = new SqliteJournal(store())) {
      write(journal);
    }
    sql("CREATE INDEX looked_at ON entry (type)", "PRAGMA wal_checkpoint(TRUNCATE)");
    // An index that has lost its only entry: the cell count of its page.
    try (var file = new RandomAccessFile(store().resolve("mimocode.db").toFile(), "rw")) {
      file.seek(file.length() - 4096 + 3);
      file.writeShort(0);
    }

    var pages = database().orElseThrow().pages();

    assertTrue(
        pages instanceof Pages.Damaged(var found) && found.toString().contains("looked_at"),
        pages.toString());
  }

  @Test
  void givesUpOnMorePagesThanItHasTimeFor() throws Exception {
    try (var journal = new SqliteJournal(store())) {
      write(journal);
    }
    sql(
        "CREATE TABLE filler (n INTEGER PRIMARY KEY, text TEXT)",
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO filler SELECT i, hex(randomblob(50)) FROM n\
        """);

    var database = StoreCheckup.of(store(), Duration.ZERO).database();

    assertEquals(Optional.of(new Database(NOW, 1, 0, 0, new Pages.TooMany())), database);
    assertEquals(Optional.of(new Database(NOW, 1, 0, 0, new Pages.Sound())), database());
  }

  @Test
  void refusesAStoreOfANewerMimo() throws Exception {
    try (var journal = new SqliteJournal(store())) {
      write(journal);
    }
    sql("PRAGMA user_version = 7");

    var refused = assertThrows(StoreFailure.class, this::database);

    assertEquals("store_newer", refused.code());
  }

  @Test
  void refusesAFileThatIsNoStore() throws IOException {
    Files.createDirectories(store());
    Files.writeString(store().resolve("mimocode.db"), "a text of some length, no database\n");

    assertEquals("store_corrupt", assertThrows(StoreFailure.class, this::database).code());
  }

  private Path store() {
    return home.resolve("data");
  }

  private Optional<Database> database() {
    return StoreCheckup.of(store(), PATIENCE).database();
  }

  private void sql(String... statements) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + store().resolve("mimocode.db"));
        var statement = connection.createStatement()) {
      for (var one : statements) {
        statement.execute(one);
      }
    }
  }

  private static void write(SqliteJournal journal) throws InterruptedException {
    try (var lease = journal.acquire(RUN)) {
      append(journal, lease);
    }
  }

  private static void append(SqliteJournal journal, mimo.engine.journal.Lease lease)
      throws InterruptedException {
    var durable = new CountDownLatch(1);
    journal.append(
        lease,
        List.of(new JournalRecord("run_started", "{}", Map.of())),
        new AppendListener() {
          @Override
          public void durable() {
            durable.countDown();
          }

          @Override
          public void failed(EngineException cause) {
            throw new AssertionError(cause);
          }
        });
    durable.await();
  }
}
