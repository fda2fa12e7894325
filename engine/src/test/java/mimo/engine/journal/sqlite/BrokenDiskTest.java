package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.ActivityResult;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.RunResult;
import mimo.engine.Workflow;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

/// Runs whose disk fills up, turns read-only or breaks at any write (D17, S74, DP6).
final class BrokenDiskTest {

  private static final Workflow WORKFLOW = ScriptedWorkflows.mixed(2);

  @TempDir private Path folder = Path.of("unset");

  private static ScriptedActivity agents(int size) {
    return new ScriptedActivity((request, context) -> {
      context.charge(Map.of("output_tokens", 7L));
      return request.label().startsWith("bad")
          ? new ActivityResult.Failed("refused", "No.", "{}")
          : new ActivityResult.Completed("\"" + request.label().repeat(size) + "\"", "{}");
    });
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, store_full",
    "SQLITE_READONLY, store_readonly",
    "SQLITE_IOERR_WRITE, store_failed"
  })
  void losesNothingAndResumesAfterAFailureAtAnyWriteDP6(SQLiteErrorCode failure, String code)
      throws Exception {
    var write = 1;
    var resumed = 0;
    while (true) {
      var place = folder.resolve("at" + write);
      var store = new FailingStore(failure, write);
      var stopped = run(place, store, agents(1));
      if (stopped.isPresent()) {
        var run = stopped.get();
        if (run instanceof RunResult.Completed) {
          break;
        }
        assertBroken(place, run, code, "write " + write);
        assertResumes(place, run.id(), "write " + write);
        resumed++;
      }
      write++;
    }

    assertTrue(resumed > 15, "only " + resumed + " runs were broken off");
  }

  /// Runs in a store until it fails; empty if the run could not even start.
  private Optional<RunResult> run(Path place, StoreAccess store, ScriptedActivity agents)
      throws InterruptedException {
    try (var engine = TestBench.engine(new SqliteJournal(place, store), agents)) {
      return Optional.of(engine.start(TestBench.request(), WORKFLOW, RunListener.none()).await());
    } catch (StoreFailure refused) {
      assertTrue(
          String.valueOf(refused.getMessage()).contains(place.toString()), refused.getMessage());
      return Optional.empty();
    }
  }

  private static void assertBroken(Path place, RunResult run, String code, String when) {
    var stopped = assertInstanceOf(RunResult.Interrupted.class, run, when);
    assertEquals(code, stopped.code(), when);
    assertTrue(stopped.message().contains(place + "/mimocode.db"), stopped.message());
  }

  private static void assertResumes(Path place, RunId id, String when) throws InterruptedException {
    var agents = agents(1);
    try (var journal = new SqliteJournal(place);
        var engine = TestBench.engine(journal, agents)) {
      var durable = settled(journal, id);

      var result = engine.resume(id, TestBench.request(), WORKFLOW, RunListener.none()).await();

      assertInstanceOf(RunResult.Completed.class, result, when);
      for (var label : durable) {
        assertEquals(0, agents.runs(label), when + ": " + label + " ran again");
      }
      assertTrue(settled(journal, id).containsAll(durable), when);
    }
  }

  private static List<String> settled(SqliteJournal journal, RunId id) {
    var labels = new HashMap<Integer, String>();
    var settled = new ArrayList<String>();
    for (var record : journal.read(StreamId.run(id), 1, 1_000)) {
      var entry = JournalCodec.decode(record);
      if (entry instanceof StepScheduled(var seq, var request, _)) {
        labels.put(seq, request.label());
      } else if (entry instanceof SettledEntry end) {
        settled.add(labels.get(end.seq()));
      }
    }
    return settled;
  }

  /// A real store that may not grow beyond so many pages.
  private record SmallStore(StoreAccess store, int pages) implements StoreAccess {
    @Override
    public Connection writer(Path database) throws SQLException {
      var connection = store.writer(database);
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = " + pages);
      }
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

  @Test
  void resumesOnceThereIsSpaceAgainD17() throws Exception {
    var small = new SmallStore(new Connections(Schema.CURRENT), 24);

    var stopped = run(folder, small, agents(9_000)).orElseThrow();

    assertBroken(folder, stopped, "store_full", "full");
    assertEquals(
        "the store "
            + folder.resolve("mimocode.db")
            + ": the disk is full; free some space and resume",
        ((RunResult.Interrupted) stopped).message());
    assertResumes(folder, stopped.id(), "full");
  }

  @Test
  void readsARunThatItCannotWriteS74() throws Exception {
    var stopped =
        run(folder, new FailingStore(SQLiteErrorCode.SQLITE_READONLY, 24), agents(1)).orElseThrow();

    try (var journal = new SqliteJournal(folder, new FailingStore(SQLiteErrorCode.SQLITE_FULL, 1));
        var engine = TestBench.engine(journal, agents(1))) {
      assertEquals(stopped.id(), engine.list().getFirst().id());
      assertTrue(engine.events(stopped.id()).size() > 1);
      var refused =
          assertThrows(
              StoreFailure.class,
              () -> engine.resume(stopped.id(), TestBench.request(), WORKFLOW, RunListener.none()));
      assertEquals("store_full", refused.code());
    }
  }

  @Test
  void saysWhatTheFileSystemReportsD17() {
    assertEquals("store_full", code(new FileSystemException("f", null, "No space left on device")));
    assertEquals("store_full", code(new IOException("Disk quota exceeded")));
    assertEquals(
        "store_readonly", code(new FileSystemException("f", null, "Read-only file system")));
    assertEquals("store_readonly", code(new AccessDeniedException("f")));
    assertEquals("store_failed", code(new IOException("Input/output error")));
    assertEquals(
        "lock file x: java.io.IOException: odd",
        StoreFailures.of(new IOException("odd"), "lock file x").getMessage());
  }

  private static String code(IOException reported) {
    return StoreFailures.of(reported, "the store").code();
  }
}
