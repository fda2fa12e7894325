package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.Attendance;
import mimo.engine.Engine;
import mimo.engine.EngineException;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.WorkflowResult;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamTip;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.Proof;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that somebody watches for days, while others use it (D44, D51, D52).
final class WatchedStoreTest {

  private static final System.Logger LOG = System.getLogger(WatchedStoreTest.class.getName());

  @TempDir private Path folder = Path.of("unset");
  private final LogicalTime time = new LogicalTime();

  private SqliteJournal journal() {
    return new SqliteJournal(folder);
  }

  private Engine engine() {
    return TestBench.engine(journal(), ScriptedActivity.echo(), time, Attendance.UNATTENDED);
  }

  private List<RunId> parked(int count) throws InterruptedException {
    var parked = new ArrayList<RunId>();
    try (var engine = engine()) {
      while (parked.size() < count) {
        var run =
            engine.start(
                TestBench.request(),
                scope -> {
                  scope.schedule(TestBench.timer(Duration.ofHours(1)));
                  var _ = scope.awaitDeliveries();
                  return new WorkflowResult.Finished("1", List.of());
                },
                RunListener.none());
        parked.add(run.await().id());
      }
    }
    return parked;
  }

  private void sql(String statement) throws SQLException {
    var database = "jdbc:sqlite:" + folder.resolve("mimocode.db");
    try (var connection = DriverManager.getConnection(database);
        var change = connection.createStatement()) {
      change.executeUpdate(statement);
    }
  }

  @Test
  void hindersNobodyWhoRemovesRunsAndGivesRoomBackD61() throws Exception {
    var runs = parked(2);
    try (var engine = engine();
        var parked = engine.parkedRuns();
        var other = journal()) {
      assertEquals(Optional.empty(), parked.watchAlone());
      assertEquals(2, parked.look().size());

      other.erase(List.of(StreamId.run(runs.getFirst())));
      var compacted = other.compact();

      assertTrue(compacted, "a watcher works on no run");
      assertEquals(0, Files.size(folder.resolve("mimocode.db-wal")));
      assertEquals(runs.subList(1, 2), parked.look().stream().map(run -> run.id()).toList());
    }
  }

  @Test
  void isFreeToWatchOnceItsWatcherIsGoneEvenIfHeSaidNothingD43() throws Exception {
    parked(1);
    try (var engine = engine();
        var parked = engine.parkedRuns()) {
      parked.watchAlone();
    }
    // As a watcher leaves it that is killed, on a machine that is started anew since.
    sql("UPDATE lease SET boot = 'another boot', pid = 1");

    try (var engine = engine();
        var parked = engine.parkedRuns();
        var late = engine();
        var another = late.parkedRuns()) {
      assertEquals(Optional.empty(), parked.watchAlone());
      var who = another.watchAlone().orElse("nobody");
      assertTrue(who.startsWith("process " + ProcessHandle.current().pid() + " on "), who);
    }
  }

  @Test
  void passesOverARunThatIsDamagedAndShowsTheOthersD15() throws Exception {
    var runs = parked(2);
    sql(
        "UPDATE entry SET body = body || ' ' WHERE type = 'run_parked' AND stream = (SELECT id FROM"
            + " stream WHERE name = '"
            + runs.getFirst()
            + "')");

    try (var engine = engine();
        var parked = engine.parkedRuns()) {
      assertEquals(runs.subList(1, 2), parked.look().stream().map(run -> run.id()).toList());
    }
  }

  @Test
  void startsItsNumbersAnewWithEachConnectionAndMixesNoneUp() throws Exception {
    try (var journal = journal()) {
      var empty = journal.revision();
      try (var lease = journal.acquire(new StreamId("run", "aaaaaaaaaaaa"))) {
        assertNotEquals(empty, journal.revision(), "the store is there now: " + lease.stream());
      }
    }
  }

  @Test
  void looksAtItForAFractionOfACoreD52() throws Exception {
    int runs = Proof.rounds(200, 10_000);
    try (var journal = journal()) {
      for (int i = 0; i < runs; i++) {
        var stream = new StreamId("run", "%012x".formatted(i));
        try (var lease = journal.acquire(stream)) {
          var end = new JournalRecord(i == 0 ? "run_parked" : "run_ended", "{}", Map.of());
          journal.append(lease, List.of(end), new Unheard());
        }
      }
    }
    try (var journal = journal()) {
      var first = journal.endingWith(StreamId.RUN, "run_parked");
      var threads = ManagementFactory.getThreadMXBean();
      int looks = 4_000;
      long before = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < looks; i++) {
        assertTrue(journal.revision() > 0);
      }
      var micros = (threads.getCurrentThreadCpuTime() - before) / 1_000.0 / looks;
      long again = threads.getCurrentThreadCpuTime();
      journal.endingWith(StreamId.RUN, "run_parked");
      var whole = (threads.getCurrentThreadCpuTime() - again) / 1_000;
      LOG.log(
          Level.INFO,
          "D52: a look at an unchanged store of {0} runs takes {1} us of a core, one after a write"
              + " {2} us",
          runs,
          micros,
          whole);

      assertEquals(
          List.of(
              new StreamTip(
                  new StreamId("run", "000000000000"),
                  1,
                  new JournalRecord("run_parked", "{}", Map.of()))),
          first);
      // Four looks a second may take a hundredth of it: 2,500 us each.
      assertTrue(micros < 2_500, micros + " us");
    }
  }

  private static final class Unheard implements AppendListener {
    @Override
    public void durable() {}

    @Override
    public void failed(EngineException cause) {
      throw cause;
    }
  }
}
