package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.EngineException;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.JournalContract.Acknowledgements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The streams of sessions, beside the run's they belong to.
final class SqliteSessionTest {

  private static final RunId ID = new RunId("aaaaaaaaaaaa");
  private static final StreamId RUN = StreamId.run(ID);
  private static final StreamId OTHER = StreamId.run(new RunId("bbbbbbbbbbbb"));

  @TempDir private Path folder = Path.of("unset");
  private SqliteJournal journal = new SqliteJournal(folder);

  @BeforeEach
  void openJournal() {
    journal = new SqliteJournal(folder);
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  private static StreamId session(int seq) {
    return StreamId.session(ID, 0, seq, 0);
  }

  private static JournalRecord record(int n) {
    return new JournalRecord("note", "{\"n\":" + n + "}", Map.of());
  }

  private Optional<EngineException> append(Lease lease, StreamId stream, int... numbers) {
    var heard = new Acknowledgements();
    var records = new ArrayList<JournalRecord>();
    for (int n : numbers) {
      records.add(record(n));
    }
    journal.append(lease, stream, records, heard);
    return heard.next();
  }

  private void sql(String statement) {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mimocode.db"));
        var change = connection.createStatement()) {
      change.executeUpdate(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void damage(StreamId stream, int number) {
    sql(
        "UPDATE entry SET body = 'x' WHERE number = "
            + number
            + " AND stream = (SELECT id FROM stream WHERE name = '"
            + stream.name()
            + "')");
  }

  @Test
  void mendsTheTornEndOfASessionBeforeItWritesThereD15() {
    try (var lease = journal.acquire(RUN)) {
      append(lease, session(1), 1, 2, 3);
    }
    damage(session(1), 3);

    try (var lease = journal.acquire(RUN)) {
      assertEquals(List.of(record(1), record(2)), journal.read(session(1), 1, 10));
      append(lease, session(1), 4);
    }

    assertEquals(List.of(record(1), record(2), record(4)), journal.read(session(1), 1, 10));
  }

  @Test
  void aDamagedSessionIsNotWrittenToAndDisturbsNoOtherRunD15() {
    try (var lease = journal.acquire(RUN)) {
      append(lease, session(1), 1, 2, 3);
    }
    damage(session(1), 2);

    try (var lease = journal.acquire(RUN);
        var other = journal.acquire(OTHER)) {
      var refused = append(lease, session(1), 4).orElseThrow();

      assertEquals("store_corrupt", refused.code());
      assertEquals(Optional.of(refused), append(lease, RUN, 5));
      assertEquals(Optional.empty(), append(other, OTHER, 6));
    }
  }

  @Test
  void aSessionThatWasNotUsedForLongIsLookedUpAgain() {
    try (var lease = journal.acquire(RUN)) {
      append(lease, session(1), 1);
      for (int seq = 2; seq <= EngineLimits.OPEN_SESSIONS + 1; seq++) {
        journal.append(lease, session(seq), List.of(record(seq)), new Acknowledgements());
      }

      assertEquals(Optional.empty(), append(lease, session(1), 2));
    }

    assertEquals(List.of(record(1), record(2)), journal.read(session(1), 1, 10));
  }

  @Test
  void manySessionsShareACommitD13() {
    try (var lease = journal.acquire(RUN)) {
      long before = journal.commits();

      var last = new Acknowledgements();
      for (int seq = 1; seq < 500; seq++) {
        journal.append(lease, session(seq), List.of(record(seq)), new Acknowledgements());
      }
      journal.append(lease, session(500), List.of(record(500)), last);
      last.next();

      long commits = journal.commits() - before;
      assertTrue(commits < 50, commits + " commits");
    }
  }
}
