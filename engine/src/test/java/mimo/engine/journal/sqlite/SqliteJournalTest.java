package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.Digests;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.JournalContract;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class SqliteJournalTest extends JournalContract {

  @TempDir private Path folder = Path.of("unset");

  @Override
  protected Journal open() {
    return new SqliteJournal(folder.resolve("data"));
  }

  @Override
  protected void takeOver(StreamId stream) {
    sql("UPDATE lease SET token = token + 1");
  }

  private Path database() {
    return folder.resolve("data").resolve("mimocode.db");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  private int sql(String statement) {
    try (var connection = connect();
        var change = connection.createStatement()) {
      return change.executeUpdate(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String ask(String query) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void write(StreamId stream, int records) {
    try (var lease = journal.acquire(stream)) {
      for (var i = 1; i <= records; i++) {
        append(lease, record(i));
      }
    }
  }

  @Test
  void createsNothingBeforeTheFirstWriteAndThenForItsOwnerOnly() throws IOException {
    journal.read(RUN, 1, 1);
    journal.owned(RUN);
    assertFalse(Files.exists(folder.resolve("data")));

    write(RUN, 1);

    assertEquals("rwx------", permissions(folder.resolve("data")));
    assertEquals("rwx------", permissions(folder.resolve("data/locks")));
    assertEquals("rw-------", permissions(database()));
    assertEquals("rw-------", permissions(folder.resolve("data/mimocode.db-wal")));
  }

  @Test
  void aNewLeaseComesAfterAllThatItsPredecessorQueued() {
    var queued = 1_000;
    var first = journal.acquire(RUN);
    for (var i = 1; i <= queued; i++) {
      journal.append(first, List.of(record(i)), new Acknowledgements());
    }
    first.close();

    try (var second = journal.acquire(RUN)) {
      assertEquals(queued, second.head());
      assertEquals(Optional.empty(), append(second, record(queued + 1)));
    }
  }

  @Test
  void theOwnerOfARemovedRunIsNoOwnerOfTheOneInItsPlaceD42() {
    var hanging = journal.acquire(RUN);
    append(hanging, record(1));
    for (var table : List.of("lease", "entry", "stream")) {
      sql("DELETE FROM " + table);
    }
    try (var other = open();
        var _ = other.acquire(OTHER)) {
      assertEquals("1", ask("SELECT id FROM stream"), "the row of the first run");

      var refused = append(hanging, record(2)).orElseThrow();

      assertEquals("fenced", refused.code());
      assertEquals("0", ask("SELECT count(*) FROM entry"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void runsSqliteAsDurablyAsPromisedD12() throws SQLException {
    write(RUN, 1);

    try (var connection = new Connections(Schema.CURRENT).writer(database());
        var statement = connection.createStatement()) {
      for (var pragma :
          Map.of(
                  "journal_mode", "wal",
                  "synchronous", "2",
                  "secure_delete", "1",
                  "foreign_keys", "1",
                  "busy_timeout", "5000")
              .entrySet()) {
        try (var rows = statement.executeQuery("PRAGMA " + pragma.getKey())) {
          rows.next();
          assertEquals(pragma.getValue(), rows.getString(1), pragma.getKey());
        }
      }
    }
  }

  @Test
  void commitsManyAppendsTogetherD13() {
    var sqlite = (SqliteJournal) journal;
    var lease = journal.acquire(RUN);
    var before = sqlite.commits();
    var last = new Acknowledgements();

    for (var i = 0; i < 2_000; i++) {
      journal.append(lease, List.of(record(i)), i == 1_999 ? last : new Acknowledgements());
    }
    last.next();

    var commits = sqlite.commits() - before;
    assertTrue(commits < 400, commits + " commits for 2000 appends");
    lease.close();
  }

  @Test
  void storesAValueOnceHoweverManyEntriesShareItD14() {
    var value = "long ".repeat(4_000);
    var digest = Digests.hex(value);
    try (var lease = journal.acquire(RUN)) {
      for (var i = 0; i < 3; i++) {
        append(lease, new JournalRecord("log_written", "{}", Map.of(digest, value)));
      }
    }

    assertEquals("1", ask("SELECT COUNT(*) FROM blob"));
    assertEquals(Map.of(digest, value), journal.read(RUN, 3, 1).getFirst().blobs());
  }

  @Test
  void refusesAValueThatIsDamagedOrGoneD14() {
    var value = "long ".repeat(4_000);
    try (var lease = journal.acquire(RUN)) {
      append(lease, new JournalRecord("log_written", "{}", Map.of(Digests.hex(value), value)));
    }

    for (var damage : List.of("UPDATE blob SET bytes = 'other'", "DELETE FROM blob")) {
      sql(damage);
      var refused = assertThrows(StoreFailure.class, () -> journal.read(RUN, 1, 1));
      assertEquals("store_corrupt", refused.code());
      assertEquals(
          "run/aaaaaaaaaaaa: a value of entry 1 is damaged; other runs are not affected",
          refused.getMessage());
    }
  }

  @Test
  void setsATornTailAsideAndSaysSoD15() {
    write(RUN, 4);
    sql("UPDATE entry SET body = '{\"n\":99}' WHERE number >= 3");

    assertEquals(List.of(record(1), record(2)), journal.read(RUN, 1, 10));
    assertEquals(record(2), journal.outline(RUN).orElseThrow().last());

    try (var lease = journal.acquire(RUN)) {
      assertEquals(2, lease.setAside());
      assertEquals(2, lease.head());
      append(lease, record(5));
    }
    assertEquals(List.of(record(1), record(2), record(5)), journal.read(RUN, 1, 10));
    assertEquals("2", ask("SELECT COUNT(*) FROM torn_entry"));
  }

  @Test
  void readsStreamsLongerThanOnePage() {
    try (var lease = journal.acquire(RUN)) {
      var records = new java.util.ArrayList<JournalRecord>();
      for (var i = 1; i <= 4_500; i++) {
        records.add(record(i));
      }
      append(lease, records.toArray(JournalRecord[]::new));
    }

    try (var lease = journal.acquire(RUN)) {
      assertEquals(4_500, lease.head());
    }
    assertEquals(List.of(record(4_500)), journal.read(RUN, 4_500, 10));
    assertEquals(List.of(), journal.read(RUN, 4_502, 10));
  }

  @Test
  void seesNothingInAStreamWithoutASoundEntryD15() {
    write(RUN, 1);
    journal.acquire(OTHER).close();
    sql("UPDATE entry SET body = 'x'");

    assertEquals(java.util.Optional.empty(), journal.outline(RUN));
    assertEquals(java.util.Optional.empty(), journal.outline(OTHER));
    assertEquals(java.util.Optional.empty(), journal.outline(new StreamId("run", "cccccccccccc")));
    assertEquals(List.of(), journal.read(new StreamId("run", "cccccccccccc"), 1, 1));
  }

  @Test
  void saysWhereItCannotBeCreated() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way");
    try (var blocked = new SqliteJournal(folder.resolve("file").resolve("data"))) {
      var refused = assertThrows(StoreFailure.class, () -> blocked.acquire(RUN));

      assertEquals("store_failed", refused.code());
      assertTrue(
          String.valueOf(refused.getMessage())
              .startsWith("the store at " + folder.resolve("file/data") + " cannot be created: "),
          refused.getMessage());
    }
  }

  @Test
  void takesWorkFromAnInterruptedThreadAllTheSame() {
    var lease = journal.acquire(RUN);

    Thread.currentThread().interrupt();
    var heard = new Acknowledgements();
    journal.append(lease, List.of(record(1)), heard);

    assertTrue(Thread.interrupted(), "the interrupt was swallowed");
    assertEquals(java.util.Optional.empty(), heard.next());
    lease.close();
  }

  @Test
  void noticesEveryKindOfDamageAtTheEndD15() {
    for (var damage :
        List.of("body = body || ' '", "type = 'other'", "crc = crc + 1", "hash = x'00'")) {
      var stream = new StreamId("run", Digests.hex(damage).substring(0, 12));
      write(stream, 3);

      sql(
          "UPDATE entry SET "
              + damage
              + " WHERE number = 3 AND stream = (SELECT id FROM stream WHERE name = '"
              + stream.name()
              + "')");

      assertEquals(List.of(record(1), record(2)), journal.read(stream, 1, 10), damage);
    }
  }

  @Test
  void refusesARunWithDamageInTheMiddleAndNoOtherD15() {
    write(RUN, 5);
    write(OTHER, 2);
    sql(
        "UPDATE entry SET body = 'x' WHERE number = 2 AND stream ="
            + " (SELECT id FROM stream WHERE name = 'aaaaaaaaaaaa')");

    var message =
        "run/aaaaaaaaaaaa: entry 2 is damaged, and sound ones come after it; other runs are not"
            + " affected";
    var reading = assertThrows(StoreFailure.class, () -> journal.read(RUN, 1, 10));
    var taking = assertThrows(StoreFailure.class, () -> journal.acquire(RUN));

    assertEquals("store_corrupt", reading.code());
    assertEquals(message, reading.getMessage());
    assertEquals(message, taking.getMessage());
    assertEquals(2, journal.read(OTHER, 1, 10).size());
    journal.acquire(OTHER).close();
    assertFalse(journal.owned(RUN));
  }

  @Test
  void refusesARunThatLostAnEntryInTheMiddleD15() {
    write(RUN, 5);
    sql("DELETE FROM entry WHERE number = 3");

    var refused = assertThrows(StoreFailure.class, () -> journal.read(RUN, 1, 10));

    assertEquals(
        "run/aaaaaaaaaaaa: entry 3 is damaged, and sound ones come after it; other runs are not"
            + " affected",
        refused.getMessage());
  }

  @Test
  void refusesANewerStoreAndLeavesItUntouchedD16() throws IOException {
    write(RUN, 1);
    journal.close();
    sql("PRAGMA user_version = 7");
    sql("PRAGMA wal_checkpoint(TRUNCATE)");
    var before = Files.readAllBytes(database());

    try (var newer = new SqliteJournal(folder.resolve("data"))) {
      var reading = assertThrows(StoreFailure.class, () -> newer.read(RUN, 1, 1));
      var writing = assertThrows(StoreFailure.class, () -> newer.acquire(RUN));

      assertEquals("store_newer", reading.code());
      assertEquals(
          "the store "
              + database()
              + " has version 7, this mimo knows versions up to "
              + Schema.CURRENT.version()
              + "; use the mimo that wrote it",
          writing.getMessage());
    }
    assertTrue(java.util.Arrays.equals(before, Files.readAllBytes(database())));
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(database(), "this is not a database, it is a text of some length\n");

    var refused = assertThrows(StoreFailure.class, () -> journal.acquire(RUN));

    assertEquals("store_corrupt", refused.code());
  }

  @Test
  void refusesNetworkFileSystemsD12() {
    for (var type : List.of("nfs4", "CIFS", "9p", "fuse.sshfs")) {
      var refused =
          assertThrows(StoreFailure.class, () -> StoreFiles.refuseRemote(type, Path.of("/home/a")));
      assertEquals("store_location", refused.code());
    }
    StoreFiles.refuseRemote("ext4", Path.of("/home/a"));
  }

  @Test
  void saysInItsOwnWordsWhatSqliteReportsD17() {
    var expected =
        Map.of(
            SQLiteErrorCode.SQLITE_FULL, "store_full",
            SQLiteErrorCode.SQLITE_READONLY, "store_readonly",
            SQLiteErrorCode.SQLITE_READONLY_DIRECTORY, "store_readonly",
            SQLiteErrorCode.SQLITE_CANTOPEN, "store_readonly",
            SQLiteErrorCode.SQLITE_CORRUPT, "store_corrupt",
            SQLiteErrorCode.SQLITE_BUSY, "store_failed",
            SQLiteErrorCode.SQLITE_IOERR_FSYNC, "store_failed");

    expected.forEach((reported, code) ->
        assertEquals(
            code,
            StoreFailures.of(new SQLiteException("why", reported), database()).code(),
            reported.name()));
    assertEquals(
        "the store " + database() + ": the disk is full; free some space and resume",
        StoreFailures.of(new SQLiteException("why", SQLiteErrorCode.SQLITE_FULL), database())
            .getMessage());
  }

  @Test
  void losesNothingAcknowledgedWhenTheStoreBreaksAndGoesOnOnceItIsMendedD17() {
    var lease = journal.acquire(RUN);
    append(lease, record(1));
    sql("ALTER TABLE entry RENAME TO hidden");

    assertEquals("store_failed", append(lease, record(2)).orElseThrow().code());
    sql("ALTER TABLE hidden RENAME TO entry");

    assertEquals("store_failed", append(lease, record(3)).orElseThrow().code());
    lease.close();
    write(RUN, 1);
    assertEquals(List.of(record(1), record(1)), journal.read(RUN, 1, 10));
  }

  @Test
  void saysWhenTheStoreCannotBeWrittenD17() throws IOException {
    Assumptions.assumeFalse(
        "root".equals(System.getProperty("user.name")),
        "root may write to any folder, so a read-only one proves nothing");
    Files.createDirectories(folder.resolve("data"));
    Files.setPosixFilePermissions(
        folder.resolve("data"), PosixFilePermissions.fromString("r-x------"));

    var refused = assertThrows(StoreFailure.class, () -> journal.acquire(RUN));

    assertEquals("store_readonly", refused.code());
  }

  @Test
  void twoJournalsOnOneStoreShareItButNotARunD44() {
    try (var second = new SqliteJournal(folder.resolve("data"))) {
      var lease = journal.acquire(RUN);
      append(lease, record(1));

      var refused = assertThrows(LeaseRefused.class, () -> second.acquire(RUN));

      assertEquals("run_live", refused.code());
      assertTrue(
          String.valueOf(refused.getMessage())
              .startsWith(
                  "run aaaaaaaaaaaa is worked on by process " + ProcessHandle.current().pid()),
          refused.getMessage());
      assertEquals(List.of(record(1)), second.read(RUN, 1, 10));
      assertTrue(second.owned(RUN));
      second.acquire(OTHER).close();
      lease.close();
    }
  }

  @Test
  void failsEveryCallAfterItWasClosed() {
    var lease = journal.acquire(RUN);
    journal.close();

    assertEquals("store_failed", append(lease, record(1)).orElseThrow().code());
    assertThrows(StoreFailure.class, () -> journal.read(RUN, 1, 1));
    lease.close();
  }

  @Test
  void refusesTheLeaseOfAnotherJournal() {
    try (var memory = new mimo.engine.testing.InMemoryJournal()) {
      var foreign = memory.acquire(RUN);

      assertThrows(IllegalArgumentException.class, () -> append(foreign, record(1)));
    }
  }

  @Test
  void leavesNoFileOfItsOwnBehindButTheStore() throws IOException {
    write(RUN, 1);
    journal.close();

    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      assertEquals(
          List.of("data", "locks", "mimocode.db", "run-aaaaaaaaaaaa.lock"),
          files.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }
}
