package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.RunListener;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store of an older schema, as a later mimo finds it (D16).
final class MigrationTest {

  private static final int NOW = Schema.CURRENT.version();
  private static final Schema LATER =
      Schema.CURRENT.and(
          "CREATE TABLE note (text TEXT); ALTER TABLE entry ADD COLUMN origin TEXT;");
  private static final Schema BROKEN =
      Schema.CURRENT.and("CREATE TABLE note (text TEXT); ALTER TABLE nowhere ADD COLUMN origin;");

  @TempDir private Path folder = Path.of("unset");
  private StreamId run = new StreamId("run", "000000000000");
  private List<JournalRecord> records = List.of();

  @BeforeEach
  void writeARunWithThisMimo() throws InterruptedException {
    try (var journal = new SqliteJournal(folder);
        var engine = TestBench.engine(journal, ScriptedActivity.echo())) {
      var result =
          engine
              .start(TestBench.request(), ScriptedWorkflows.sequential(3), RunListener.none())
              .await();
      run = StreamId.run(result.id());
      records = journal.read(run, 1, 100);
    }
  }

  private SqliteJournal journal(Schema schema) {
    return new SqliteJournal(folder, new Connections(schema));
  }

  private Path database() {
    return folder.resolve("mimocode.db");
  }

  private Path backup() {
    return folder.resolve("mimocode-v" + NOW + ".backup.db");
  }

  private static String ask(Path database, String query) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
    }
  }

  @Test
  void copiesAnOlderStoreThenBringsItUpBeforeTheFirstReadD16() throws Exception {
    try (var later = journal(LATER)) {
      assertEquals(records, later.read(run, 1, 100));
    }

    assertEquals("" + (NOW + 1), ask(database(), "PRAGMA user_version"));
    assertEquals("0", ask(database(), "SELECT COUNT(origin) FROM entry"));
    assertEquals("" + NOW, ask(backup(), "PRAGMA user_version"));
    assertEquals("ok", ask(backup(), "PRAGMA integrity_check"));
    assertEquals(
        String.valueOf(records.size()),
        ask(backup(), "SELECT COUNT(*) FROM entry"),
        "the copy is not whole");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup())));
    assertEquals(List.of(), unfinished());
  }

  @Test
  void bringsAStoreOfTheFirstVersionUpD16() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          DROP TABLE control_request;
          ALTER TABLE lease DROP COLUMN lock;
          ALTER TABLE lease DROP COLUMN beat;
          ALTER TABLE stream DROP COLUMN pinned;
          PRAGMA user_version = 1;
          """);
    }

    try (var journal = new SqliteJournal(folder)) {
      assertEquals(records, journal.read(run, 1, 100));
      assertTrue(journal.post(run, "{}") > 0);
      journal.acquire(run).close();
      assertEquals(Set.of(), journal.pinned());
    }

    assertEquals("1", ask(folder.resolve("mimocode-v1.backup.db"), "PRAGMA user_version"));
  }

  @Test
  void theCopyIsAStoreThatTheOlderMimoCanUseD16() throws IOException {
    try (var later = journal(LATER)) {
      later.acquire(run).close();
    }
    var old = Files.createDirectory(folder.resolve("old"));
    Files.copy(backup(), old.resolve("mimocode.db"));

    try (var older = new SqliteJournal(old)) {
      assertEquals(records, older.read(run, 1, 100));
    }
    try (var older = new SqliteJournal(folder)) {
      var refused = assertThrows(StoreFailure.class, () -> older.read(run, 1, 1));
      assertEquals("store_newer", refused.code());
    }
  }

  @Test
  void leavesTheStoreAsItWasWhenAStepFailsD16() throws Exception {
    try (var broken = journal(BROKEN)) {
      var refused = assertThrows(StoreFailure.class, () -> broken.acquire(run));
      assertEquals("store_failed", refused.code());
    }

    assertEquals("" + NOW, ask(database(), "PRAGMA user_version"));
    assertEquals("0", ask(database(), "SELECT COUNT(*) FROM sqlite_master WHERE name = 'note'"));
    try (var journal = new SqliteJournal(folder)) {
      assertEquals(records, journal.read(run, 1, 100));
    }
    try (var later = journal(LATER)) {
      assertEquals(records, later.read(run, 1, 100));
    }
  }

  @Test
  void migratesNothingThatItCannotCopyD16() throws Exception {
    Files.createDirectories(
        folder.resolve("mimocode-v" + NOW + ".backup.db.part").resolve("in the way"));

    try (var later = journal(LATER)) {
      var refused = assertThrows(StoreFailure.class, () -> later.acquire(run));

      assertEquals("store_failed", refused.code());
      assertTrue(
          String.valueOf(refused.getMessage())
              .startsWith(
                  "the store "
                      + database()
                      + " cannot be copied to mimocode-v"
                      + NOW
                      + ".backup.db: "),
          refused.getMessage());
    }
    assertEquals("" + NOW, ask(database(), "PRAGMA user_version"));
  }

  @Test
  void copiesOnceHoweverManyProcessesComeTogetherD16() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Integer> opening =
          () -> {
            try (var later = journal(LATER)) {
              return later.read(run, 1, 100).size();
            }
          };

      for (var read : threads.invokeAll(List.of(opening, opening, opening, opening))) {
        assertEquals(records.size(), read.get());
      }
    }

    assertEquals("" + NOW, ask(backup(), "PRAGMA user_version"));
    assertEquals("" + (NOW + 1), ask(database(), "PRAGMA user_version"));
  }

  @Test
  void makesNoCopyOfAnEmptyStore() {
    var empty = folder.resolve("empty");

    try (var later = new SqliteJournal(empty, new Connections(LATER));
        var lease = later.acquire(run)) {
      assertEquals(0, lease.head());
    }

    assertFalse(Files.exists(empty.resolve("mimocode-v0.backup.db")));
  }

  private List<Path> unfinished() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }
}
