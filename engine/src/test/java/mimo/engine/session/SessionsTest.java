package mimo.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import mimo.engine.EngineException;
import mimo.engine.EngineException.ArchiveRefused;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.EngineException.SessionRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.SessionId;
import mimo.engine.archive.ArchiveReader;
import mimo.engine.archive.ArchiveWriter;
import mimo.engine.archive.ArchivedSession;
import mimo.engine.journal.Journal;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.SessionOpening.Fork;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that belong to no run (A12, A14, A15).
@Timeout(60)
final class SessionsTest {

  private static final String SECRET = "hunter2-hunter2";

  private final ManualClock clock = new ManualClock();
  private final Random random = new Random(1);
  private final InMemoryJournal.Disk disk = new InMemoryJournal.Disk();

  private @TempDir Path folder;

  private Sessions sessions(Supplier<Journal> opens) {
    var live = new LiveValues(List.of(SECRET));
    Redaction kept = key -> new SecretRedactor(live, key, Rules.ALL);
    return new Sessions(opens, key -> new SecretRedactor(live, key), kept, clock, random);
  }

  private Sessions inMemory() {
    return sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE));
  }

  private static SessionId said(Sessions sessions, String... texts) throws InterruptedException {
    try (var session = sessions.create("{\"workspace\":\"/w\"}")) {
      for (var text : texts) {
        session.append("asked", "{\"text\":\"" + text + "\"}");
      }
      session.awaitDurable();
      return session.id();
    }
  }

  private static List<String> texts(List<SessionEntry> entries) {
    return entries.stream().map(SessionEntry::json).toList();
  }

  @Test
  void aSessionToWhichNothingIsSaidLeavesNoTrace() throws Exception {
    try (var sessions = sessions(() -> new SqliteJournal(folder.resolve("data")));
        var session = sessions.create("{}")) {
      assertEquals(List.of(), session.recorded());
    }

    assertFalse(Files.exists(folder.resolve("data")));
  }

  @Test
  void whatWasSaidIsThereForTheNextProcess() throws Exception {
    SessionId id;
    try (var sessions = sessions(() -> new SqliteJournal(folder))) {
      id = said(sessions, "one", "two");
    }

    try (var later = sessions(() -> new SqliteJournal(folder));
        var session = later.open(id)) {
      session.append("asked", "{\"text\":\"three\"}");

      assertEquals(
          List.of("{\"text\":\"one\"}", "{\"text\":\"two\"}", "{\"text\":\"three\"}"),
          texts(session.recorded()));
    }
  }

  @Test
  void wordsAreTakenOutOfASessionAndOutOfTheStoreD71() throws Exception {
    SessionId id;
    try (var sessions = sessions(() -> new SqliteJournal(folder))) {
      id = said(sessions, "the left-handed handshake", "something else");
      var other = said(sessions, "nothing of it");
      var keeper = sessions.keeper();

      assertTrue(keeper.scrub(id, Map.of("left-handed handshake", "[FORGOTTEN]")));
      assertFalse(keeper.scrub(other, Map.of("left-handed handshake", "[FORGOTTEN]")));
      assertEquals(
          List.of("{\"text\":\"the [FORGOTTEN]\"}", "{\"text\":\"something else\"}"),
          texts(keeper.read(id)));
    }

    try (var later = sessions(() -> new SqliteJournal(folder));
        var session = later.open(id)) {
      session.append("asked", "{\"text\":\"and on\"}");
      assertEquals(3, session.recorded().size());
    }
    for (var file : List.of("mimocode.db", "mimocode.db-wal")) {
      var path = folder.resolve(file);
      var bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
      assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("handshake"), file);
    }
  }

  @Test
  void aSessionThatSomebodyHasIsNotRewrittenD71() throws Exception {
    var sessions = inMemory();
    var id = said(sessions, "the handshake");
    try (var _ = sessions.open(id)) {
      var keeper = inMemory().keeper();

      var refused =
          assertThrows(LeaseRefused.class, () -> keeper.scrub(id, Map.of("handshake", "x")));

      assertEquals("session_locked", refused.code());
    }
  }

  @Test
  void aForkSharesNoLaterEntryA15() throws Exception {
    var sessions = inMemory();
    var parent = said(sessions, "one");

    SessionId id;
    try (var fork = sessions.fork(parent, "{}");
        var again = sessions.open(parent)) {
      assertEquals(List.of("{\"text\":\"one\"}"), texts(fork.recorded()));
      fork.append("asked", "{\"text\":\"here\"}");
      again.append("asked", "{\"text\":\"there\"}");
      fork.awaitDurable();
      again.awaitDurable();
      id = fork.id();
    }

    var keeper = sessions.keeper();
    assertEquals(List.of("{\"text\":\"one\"}", "{\"text\":\"here\"}"), texts(keeper.read(id)));
    assertEquals(List.of("{\"text\":\"one\"}", "{\"text\":\"there\"}"), texts(keeper.read(parent)));
    assertEquals(new Fork(parent, 1), keeper.opening(id).fork());
    assertEquals("{}", keeper.opening(id).about());
    keeper.erase(List.of(parent));
    assertEquals(2, keeper.read(id).size());
  }

  @Test
  void aSecondWriterIsRefusedAndAForkIsNotA14() throws Exception {
    var sessions = inMemory();
    var id = said(sessions, "one");
    try (var _ = sessions.open(id)) {
      var other = inMemory();

      var refused = assertThrows(LeaseRefused.class, () -> other.open(id));

      assertEquals("session_locked", refused.code());
      assertEquals("session " + id + " is in use by another process", refused.getMessage());
      assertTrue(other.keeper().owned(id));
      try (var fork = other.fork(id, "{}")) {
        fork.append("asked", "{}");
        fork.awaitDurable();
      }
      assertEquals(
          "session_locked",
          assertThrows(LeaseRefused.class, () -> other.keeper().erase(List.of(id))).code());
    }
    assertFalse(sessions.keeper().owned(id));
  }

  @Test
  void aStoreThatDoesNotOpenIsToldToWhoeverWaits() {
    var sessions =
        sessions(() -> {
          throw new StoreFailure("store_full", "no room", null);
        });
    var session = sessions.create("{}");
    session.append("asked", "{}");

    var told = assertThrows(EngineException.class, session::awaitDurable);

    assertEquals("store_full", told.code());
    session.close();
  }

  @Test
  void theOneUsedLastComesFirst() throws Exception {
    var sessions = inMemory();
    var first = said(sessions, "one");
    clock.advance(Duration.ofMinutes(1));
    var second = said(sessions, "two");
    clock.advance(Duration.ofMinutes(1));
    try (var again = sessions.open(first)) {
      again.append("asked", "{}");
      again.awaitDurable();
    }

    var list = sessions.keeper().list();

    assertEquals(List.of(first, second), list.stream().map(SessionSummary::id).toList());
    assertEquals(2, list.getFirst().count("asked"));
    assertEquals("{\"workspace\":\"/w\"}", list.getFirst().about());
  }

  @Test
  void isFoundByTheFirstDigitsOfItsId() throws Exception {
    var sessions = inMemory();
    var id = said(sessions, "one");
    var keeper = sessions.keeper();

    assertEquals(id, keeper.find(id.value().substring(0, 5)));
    assertEquals(
        "session_unknown", assertThrows(SessionRefused.class, () -> keeper.find("ffff")).code());
    assertEquals(
        "session 'ff': type at least 4 characters of its id",
        assertThrows(SessionRefused.class, () -> keeper.find("ff")).getMessage());
    assertEquals(
        "session_unknown",
        assertThrows(SessionRefused.class, () -> sessions.open(new SessionId("ffffffffffff")))
            .code());
  }

  @Test
  void anImportEqualsTheOriginalButForItsIdA15() throws Exception {
    var sessions = inMemory();
    var id = said(sessions, "one", "x".repeat(20_000));
    var keeper = sessions.keeper();
    var file = file(keeper.take(id));

    var here = keeper.store(read(file));

    assertNotEquals(id, here);
    assertEquals(keeper.read(id), keeper.read(here));
    assertEquals(keeper.opening(id), keeper.opening(here));
    assertEquals(file.lines().count(), file(keeper.take(here)).lines().count());
    keeper.erase(List.of(id));
    assertEquals(id, keeper.store(read(file)));
  }

  @Test
  void ofABadFileNothingIsTakenA15() throws Exception {
    var sessions = inMemory();
    var file = file(sessions.keeper().take(said(sessions, "one", "two")));
    var lines = file.lines().toList();
    int before = disk.records(StreamId.chat(sessions.keeper().list().getFirst().id())).size();

    var bad = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      var without = new ArrayList<>(lines);
      without.remove(i);
      bad.add(String.join("\n", without));
      var changed = new ArrayList<>(lines);
      changed.set(i, lines.get(i).replaceFirst("[0-9]", "7").replace("two", "owt") + " ");
      bad.add(String.join("\n", changed));
    }

    for (var text : bad) {
      assertThrows(ArchiveRefused.class, () -> read(text), text);
    }
    var newer = lines.getFirst().replace(":1", ":2") + "\n";
    assertEquals("archive_newer", assertThrows(ArchiveRefused.class, () -> read(newer)).code());
    assertEquals(1, sessions.keeper().list().size());
    assertEquals(
        before, disk.records(StreamId.chat(sessions.keeper().list().getFirst().id())).size());
  }

  @Test
  void aRunIsNoSessionAndASessionNoRun() throws Exception {
    var sessions = inMemory();
    var file = file(sessions.keeper().take(said(sessions, "one")));

    var refused =
        assertThrows(
            ArchiveRefused.class,
            () -> ArchiveReader.read(new BufferedReader(new StringReader(file))));

    assertEquals("line 1: this is no exported run", refused.getMessage());
  }

  @Test
  void aSecretIsInNoByteOfTheStoreAndNotInACopy() throws Exception {
    try (var sessions = sessions(() -> new SqliteJournal(folder))) {
      SessionId id;
      try (var session = sessions.create("{\"title\":\"" + SECRET + "\"}")) {
        var stored = session.append("asked", "{\"text\":\"my " + SECRET + "\"}");
        session.awaitDurable();
        id = session.id();

        assertFalse(stored.json().contains(SECRET));
      }
      assertFalse(file(sessions.keeper().take(id)).contains(SECRET));
      assertTrue(sessions.keeper().summary(id).about().contains("REDACTED"));
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(SECRET), file.toString());
      }
    }
  }

  @Test
  void whatTheBolderRulesRemoveFromACopyIsSaidInItA15() throws Exception {
    var sessions = inMemory();
    var id = said(sessions, "password: 9fK2mQ7xWz4LpR8vTn");
    var keeper = sessions.keeper();

    var here = keeper.store(read(file(keeper.take(id))));

    assertFalse(keeper.read(here).toString().contains("9fK2mQ7xWz4LpR8vTn"));
    assertEquals(1, keeper.summary(here).count(SessionKeeper.SCRUBBED));
    assertEquals(keeper.opening(id), keeper.opening(here));
  }

  @Test
  void removedMeansNoByteIsLeft() throws Exception {
    SessionId id;
    try (var sessions = sessions(() -> new SqliteJournal(folder))) {
      id = said(sessions, "unmistakable words");
      sessions.keeper().erase(List.of(id));

      assertEquals(List.of(), sessions.keeper().list());
    }
    var bytes = Files.readString(folder.resolve("mimocode.db"), StandardCharsets.ISO_8859_1);
    assertFalse(bytes.contains("unmistakable"));
  }

  private static String file(ArchivedSession session) throws IOException {
    var out = new StringWriter();
    ArchiveWriter.write(session, out);
    return out.toString();
  }

  private static ArchivedSession read(String text) throws IOException {
    return ArchiveReader.readSession(new BufferedReader(new StringReader(text)));
  }
}
