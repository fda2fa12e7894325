package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.EngineException;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.JournalContract.Acknowledgements;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who owns a stream where the locks of the file system cannot be trusted (D41, D43). Two journals
/// stand for two processes: without locks they can share one.
final class LeasesTest {

  private static final StreamId RUN = new StreamId("run", "aaaaaaaaaaaa");
  private static final Duration BEAT = Duration.ofSeconds(5);

  @TempDir private Path folder = Path.of("unset");
  private final ManualClock clock = new ManualClock();
  private Optional<SqliteJournal> one = Optional.empty();
  private Optional<SqliteJournal> other = Optional.empty();

  private SqliteJournal one() {
    one = one.or(() -> Optional.of(journal()));
    return one.get();
  }

  private SqliteJournal other() {
    other = other.or(() -> Optional.of(journal()));
    return other.get();
  }

  private SqliteJournal journal() {
    return new SqliteJournal(folder, new Connections(Schema.CURRENT), LockTrust.HEARTBEATS, clock);
  }

  @AfterEach
  void close() {
    one.ifPresent(SqliteJournal::close);
    other.ifPresent(SqliteJournal::close);
  }

  private static Optional<EngineException> append(SqliteJournal journal, Lease lease) {
    var heard = new Acknowledgements();
    journal.append(lease, List.of(new JournalRecord("log_written", "{}", Map.of())), heard);
    return heard.next();
  }

  @Test
  void refusesASecondOwnerAsLongAsTheFirstBeatsD43() {
    var lease = one().acquire(RUN);
    append(one(), lease);

    for (int beats = 0; beats < 10; beats++) {
      clock.advance(BEAT);
      one().beatOnce();
      append(one(), lease);

      var refused = assertThrows(LeaseRefused.class, () -> other().acquire(RUN));
      assertEquals("run_live", refused.code());
      assertTrue(other().owned(RUN));
    }
    lease.close();
  }

  @Test
  void takesOverAnOwnerWhoMissedThreeBeatsAndFencesHimD43() {
    var stale = one().acquire(RUN);
    append(one(), stale);
    clock.advance(BEAT.multipliedBy(3).minusMillis(1));
    assertThrows(LeaseRefused.class, () -> other().acquire(RUN));

    clock.advance(Duration.ofMillis(1));
    assertFalse(other().owned(RUN));
    var lease = other().acquire(RUN);

    assertEquals(Optional.empty(), append(other(), lease));
    assertEquals("fenced", append(one(), stale).orElseThrow().code());
    one().beatOnce();
    assertEquals(2, other().read(RUN, 1, 10).size());
    lease.close();
  }

  @Test
  void anOwnerWhoEndsIsNotWaitedForD43() {
    var lease = one().acquire(RUN);
    append(one(), lease);

    lease.close();
    one().close();

    assertFalse(other().owned(RUN));
    other().acquire(RUN).close();
  }

  @Test
  void takesAStreamAwayFromAnOwnerWhoBeatsIfToldToD43() {
    var stale = one().acquire(RUN);
    append(one(), stale);

    var lease = other().takeOver(RUN);

    assertEquals("fenced", append(one(), stale).orElseThrow().code());
    one().beatOnce();
    assertEquals(Optional.empty(), append(other(), lease));
    lease.close();
  }

  @Test
  void heedsAHeartbeatThatItFindsEvenWhereLocksAreTrustedD41() {
    var lease = one().acquire(RUN);
    append(one(), lease);

    try (var trusting =
        new SqliteJournal(folder, new Connections(Schema.CURRENT), LockTrust.LOCKS, clock)) {
      assertTrue(trusting.owned(RUN));
      assertThrows(LeaseRefused.class, () -> trusting.acquire(RUN));
      clock.advance(BEAT.multipliedBy(3));
      trusting.acquire(RUN).close();
    }
  }

  @Test
  void goesByLocksAndWritesNoHeartbeatWhereTheyAreTrustedD41() throws Exception {
    try (var trusting =
            new SqliteJournal(folder, new Connections(Schema.CURRENT), LockTrust.LOCKS, clock);
        var lease = trusting.acquire(RUN);
        var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mimocode.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT beat FROM lease")) {
      append(trusting, lease);

      assertTrue(rows.next());
      assertEquals(0, rows.getLong(1));
      assertTrue(rows.wasNull());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ext4, LOCKS",
    "xfs, LOCKS",
    "btrfs, LOCKS",
    "tmpfs, LOCKS",
    "overlay, LOCKS",
    "apfs, LOCKS",
    "fuseblk, LOCKS",
    "vboxsf, HEARTBEATS",
    "VirtioFS, HEARTBEATS",
    "fuse.portal, HEARTBEATS"
  })
  void knowsWhereLocksAreToBeTrustedD41(String fileSystem, LockTrust trust) {
    assertEquals(trust, LockTrust.of(fileSystem));
  }
}
