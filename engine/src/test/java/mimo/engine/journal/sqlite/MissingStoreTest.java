package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.JournalContract.Acknowledgements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores and streams that are not there, or not to be had: they are asked, and nothing comes into
/// being by that (D12, D61).
final class MissingStoreTest {

  private static final StreamId RUN = new StreamId("run", "aaaaaaaaaaaa");
  private static final StreamId OTHER = new StreamId("run", "bbbbbbbbbbbb");

  @TempDir private Path home = Path.of("unset");

  private Path store() {
    return home.resolve("data");
  }

  private static void write(SqliteJournal journal, StreamId stream, String text) {
    var heard = new Acknowledgements();
    try (var lease = journal.acquire(stream)) {
      var body = "{\"text\":\"" + text + "\"}";
      journal.append(lease, List.of(new JournalRecord("log_written", body, Map.of())), heard);
      assertEquals(Optional.empty(), heard.next());
    }
  }

  @Test
  void keepingNothingCreatesNothing() {
    try (var journal = new SqliteJournal(store())) {
      journal.pin(RUN);
      journal.unpin(RUN);
      journal.erase(List.of(RUN));

      assertEquals(Set.of(), journal.pinned());
      assertFalse(journal.compact());
      assertEquals(0, journal.bytes());
      assertEquals(Optional.empty(), journal.answered(1));
      assertEquals(List.of(), journal.posted(RUN));
    }
    assertFalse(Files.exists(store()));
  }

  @Test
  void readsNothingFromAStoreThatWasJustCreated() throws IOException {
    Files.createDirectories(store());
    Files.createFile(store().resolve("mimocode.db"));

    try (var journal = new SqliteJournal(store())) {
      assertEquals(List.of(), journal.streams(StreamId.RUN));
      assertEquals(Optional.empty(), journal.outline(RUN));
      write(journal, RUN, "first");
      assertEquals(List.of(RUN), journal.streams(StreamId.RUN));
    }
  }

  @Test
  void removingWhatIsNotThereLeavesTheRestD61() {
    try (var journal = new SqliteJournal(store())) {
      write(journal, RUN, "kept");

      journal.erase(List.of(OTHER, new StreamId(StreamId.SESSION, "bbbbbbbbbbbb-0-1")));

      assertEquals(List.of(RUN), journal.streams(StreamId.RUN));
      assertEquals(1, journal.read(RUN, 1, 10).size());
    }
  }

  @Test
  void saysThatWhatWasRemovedStillStandsInTheLogWhileAnotherReadsIt() throws Exception {
    try (var journal = new SqliteJournal(store())) {
      write(journal, RUN, "doomed words");
      try (var other =
              DriverManager.getConnection("jdbc:sqlite:" + store().resolve("mimocode.db"));
          var reading = other.createStatement()) {
        reading.execute("BEGIN");
        reading.executeQuery("SELECT COUNT(*) FROM entry").close();

        var refused = assertThrows(StoreFailure.class, () -> journal.erase(List.of(RUN)));

        assertEquals("store_failed", refused.code());
        assertEquals(
            "what was removed still stands in the write-ahead log, since another process reads"
                + " it; run mimo runs gc once more",
            refused.getMessage());
      }
      assertEquals(List.of(), journal.streams(StreamId.RUN), "nobody can read it any more");
      assertTrue(journal.compact());
      assertFalse(bytes().contains("doomed words"));
    }
  }

  private String bytes() throws IOException {
    var all = new StringBuilder();
    for (var suffix : List.of("", "-wal")) {
      var file = store().resolve("mimocode.db" + suffix);
      all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  @Test
  void nobodyIsAskedOnceTheStoreIsClosed() {
    var journal = new SqliteJournal(store());
    write(journal, RUN, "first");
    journal.close();

    var asked = assertThrows(StoreFailure.class, () -> journal.post(RUN, "{}"));
    var taken = assertThrows(StoreFailure.class, () -> journal.acquire(RUN));

    var message = "the store " + store() + "/mimocode.db was closed by this process";
    assertEquals(message, asked.getMessage());
    assertEquals(message, taken.getMessage());
  }

  @Test
  void nobodyHasAnsweredARequestThatWasNeverMade() {
    try (var journal = new SqliteJournal(store())) {
      write(journal, RUN, "first");

      assertEquals(Optional.empty(), journal.answered(99));
    }
  }

  @Test
  void refusesFoldersOfOtherMachinesD12() {
    for (var type : List.of("fuse.rclone", "fuse.sshfs", "SMB3")) {
      var refused =
          assertThrows(StoreFailure.class, () -> StoreFiles.refuseRemote(type, Path.of("/home/a")));

      assertEquals("store_location", refused.code());
    }
  }

  @Test
  void saysWhatWentWrongEvenIfSqliteDoesNotD17() {
    var failure = StoreFailures.of(new SQLException("the driver is gone"), Path.of("/a/b.db"));

    assertEquals("store_failed", failure.code());
    assertEquals("the store /a/b.db: the driver is gone", failure.getMessage());
  }
}
