package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.RunLocks.LockFile;
import mimo.engine.testing.JournalContract.Acknowledgements;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams that change hands while somebody wants them, and the owners who must be believed (D41 to
/// D43, D61).
final class TakenStreamsTest {

  private static final StreamId RUN = new StreamId("run", "aaaaaaaaaaaa");
  private static final StreamId OTHER = new StreamId("run", "bbbbbbbbbbbb");
  private static final Duration MISSED = Duration.ofSeconds(15);

  @TempDir private Path folder = Path.of("unset");
  private final ManualClock clock = new ManualClock();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private <T extends AutoCloseable> T closing(T it) {
    opened.push(it);
    return it;
  }

  @AfterEach
  void close() throws Exception {
    for (var it : opened) {
      it.close();
    }
  }

  private SqliteJournal journal(LockTrust trust) {
    return closing(new SqliteJournal(folder, new Connections(Schema.CURRENT), trust, clock));
  }

  /// Leases of a process to which the store says this of streams.
  private Leases leases(LockTrust trust, Function<StreamId, LeaseRow> rows) {
    var files = new StoreFiles(folder);
    files.create();
    var writer = closing(new GroupCommit(files, new Connections(Schema.CURRENT)));
    return closing(new Leases(new RunLocks(files.locks()), writer, rows, trust, clock));
  }

  /// Another process that has these locks of a stream.
  private void locked(int... numbers) {
    var locks = new RunLocks(new StoreFiles(folder).locks());
    for (int number : numbers) {
      assertTrue(locks.acquire(new LockFile(RUN, number)));
      closing(() -> locks.release(new LockFile(RUN, number)));
    }
  }

  private static LeaseRow row(long lock) {
    return new LeaseRow(lock, lock, null, "", "process 7 on elsewhere");
  }

  private static Optional<?> append(SqliteJournal journal, Lease lease) {
    var heard = new Acknowledgements();
    journal.append(lease, List.of(new JournalRecord("log_written", "{}", Map.of())), heard);
    return heard.next();
  }

  private static void assertLive(Runnable attempt) {
    var refused = assertThrows(LeaseRefused.class, attempt::run);

    assertEquals("run_live", refused.code());
  }

  @Test
  void removesNoRunWhoseOwnerBeatsUntilHeIsMissedD61() {
    var owner = journal(LockTrust.HEARTBEATS);
    var lease = owner.acquire(RUN);
    append(owner, lease);
    var other = journal(LockTrust.HEARTBEATS);

    assertLive(() -> other.erase(List.of(RUN)));
    assertFalse(other.compact(), "it is worked on");
    assertEquals(1, other.read(RUN, 1, 10).size());
    clock.advance(MISSED);
    other.erase(List.of(RUN));

    assertEquals(List.of(), other.read(RUN, 1, 10));
    assertTrue(other.compact());
  }

  @Test
  void oneProcessBeatsForAllStreamsItOwnsD43() {
    var owner = journal(LockTrust.HEARTBEATS);
    var leases = new ArrayList<Lease>();
    for (var stream : List.of(RUN, OTHER)) {
      leases.add(owner.acquire(stream));
      append(owner, leases.getLast());
    }
    clock.advance(MISSED.minusMillis(1));
    owner.beatOnce();
    append(owner, leases.getLast());
    clock.advance(MISSED.minusMillis(1));

    var other = journal(LockTrust.HEARTBEATS);
    assertTrue(other.owned(RUN));
    assertTrue(other.owned(OTHER));
    leases.forEach(Lease::close);
  }

  @Test
  void takesNoStreamAwayIfAnotherDoesSoAndHasItsLockD43() {
    var owner = journal(LockTrust.LOCKS);
    var lease = owner.acquire(RUN);
    append(owner, lease);
    locked(1);

    assertLive(() -> journal(LockTrust.LOCKS).takeOver(RUN));

    assertEquals(Optional.empty(), append(owner, lease), "the owner keeps it");
    lease.close();
  }

  @Test
  void takesNoStreamAwayTwiceByWhatTheStoreSaidBeforeD42() {
    var owner = journal(LockTrust.HEARTBEATS);
    append(owner, owner.acquire(RUN));
    var first = journal(LockTrust.HEARTBEATS);
    var lease = first.takeOver(RUN);

    assertLive(() -> leases(LockTrust.HEARTBEATS, _ -> row(0)).takeOver(RUN));

    assertEquals(Optional.empty(), append(first, lease));
  }

  @Test
  void givesUpOnAStreamThatChangesHandsAgainAndAgain() {
    new StoreFiles(folder).create();
    locked(0, 1, 2);
    var rows = new ArrayDeque<>(List.of(row(1), row(2), row(3)));

    assertLive(() -> leases(LockTrust.LOCKS, _ -> rows.remove()).acquire(RUN));

    assertTrue(rows.isEmpty(), "it was tried with each of its locks");
  }

  @Test
  void removesNoRunThatChangesHandsMeanwhileAndLetsItGoD61() {
    var rows = new ArrayDeque<>(List.of(row(0), row(1)));
    var leases = leases(LockTrust.LOCKS, _ -> rows.remove());

    assertLive(() -> leases.hold(RUN));

    locked(0);
  }

  @Test
  void believesABeatOfThisStartOfTheMachineOnlyD43() {
    var beat = clock.instant();
    var now = beat.plus(MISSED).minusMillis(1);
    var self = new Owner(1, "", "boot-a", "here");
    var unknown = new Owner(1, "", "", "here");

    assertTrue(new LeaseRow(1, 0, beat, "boot-a", "it").beats(now, self));
    assertFalse(new LeaseRow(1, 0, beat, "boot-b", "it").beats(now, self), "it started anew");
    assertTrue(new LeaseRow(1, 0, beat, "", "it").beats(now, self), "nobody knows");
    assertTrue(new LeaseRow(1, 0, beat, "boot-b", "it").beats(now, unknown), "nobody knows");
    assertFalse(new LeaseRow(1, 0, beat, "boot-a", "it").beats(beat.plus(MISSED), self));
    assertFalse(new LeaseRow(1, 0, null, "boot-a", "it").beats(now, self));
  }
}
