package mimo.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import mimo.cli.doctor.Finding.Verdict;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.SqliteJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCheckTest {

  @TempDir private Path home;

  @Test
  void createsNothing() throws IOException {
    var findings = new StoreCheck(store()).look();

    assertEquals(store() + " will be created, for you alone", findings.getFirst().what());
    assertEquals("no run was started yet, so there is no mimocode.db", findings.getLast().what());
    assertFalse(Files.exists(store()));
  }

  @Test
  void findsAPrivateSoundStoreGood() throws IOException {
    try (var journal = new SqliteJournal(store())) {
      journal.acquire(new StreamId(StreamId.RUN, "aaaaaaaaaaaa")).close();
    }

    var findings = new StoreCheck(store()).look();

    assertEquals(
        List.of(Verdict.OK, Verdict.OK, Verdict.OK),
        findings.stream().map(Finding::verdict).toList());
    assertEquals(store() + " is yours alone (rwx------)", findings.get(0).what());
    assertTrue(findings.get(1).what().matches("[\\d,]+ MiB free on \\w+"), findings.toString());
    assertEquals("mimocode.db, version 3, 0 runs, is sound", findings.get(2).what());
  }

  @Test
  void warnsWhereOthersMayLook() throws IOException {
    Files.createDirectories(store());
    Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rwxr-x---"));

    assertEquals(
        Finding.warn(
            "store", "others may look into " + store() + " (rwxr-x---)", "chmod 700 " + store()),
        new StoreCheck(store()).look().getFirst());
  }

  @Test
  void failsOnAFileInThePlaceOfTheFolder() throws IOException {
    Files.createFile(store());

    assertEquals(
        Finding.fail("store", store() + " is no folder", "move that file away."),
        new StoreCheck(store()).look().getFirst());
  }

  @Test
  void failsOnAFileThatIsNoDatabase() throws IOException {
    Files.createDirectories(store());
    Files.writeString(store().resolve("mimocode.db"), "a text of some length, no database\n");

    var last = new StoreCheck(store()).look().getLast();

    assertEquals(Verdict.FAIL, last.verdict());
    assertEquals("see store_corrupt in the errors' reference.", last.remedy());
  }

  private Path store() {
    return home.resolve("data");
  }
}
