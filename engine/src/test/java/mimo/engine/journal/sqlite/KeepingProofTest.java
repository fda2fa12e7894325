package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import mimo.engine.ActivityResult;
import mimo.engine.Engine;
import mimo.engine.Replay;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunKeeper;
import mimo.engine.RunListener;
import mimo.engine.archive.ArchiveWriter;
import mimo.engine.archive.ArchivedRun;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.Proof;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs drawn from seeds are exported, imported, replayed and removed (DP13).
final class KeepingProofTest {

  private static final System.Logger LOG = System.getLogger(KeepingProofTest.class.getName());
  private static final long SEED = 20_261_123L;

  @TempDir private Path folder = Path.of("unset");
  @TempDir private Path other = Path.of("unset");
  private final Random dice = new Random(SEED);

  /// Agents with sessions, whose answers are short, or long and often equal.
  private ScriptedActivity agents() {
    return new ScriptedActivity((request, context) -> {
      context.session().append("turn", "{\"said\":\"" + request.label() + "\"}");
      if (request.label().startsWith("bad")) {
        return new ActivityResult.Failed("refused", "No.", "{}");
      }
      int kind = request.label().length() % 3;
      var text = kind == 0 ? request.label() : ("long " + kind + " ").repeat(2_000);
      context.session().append("result", "\"" + text + "\"");
      return new ActivityResult.Completed("\"" + text + "\"", "{}");
    });
  }

  @Test
  void carriesReplaysAndRemovesRunsWithoutALooseEndDP13() throws Exception {
    int rounds = Proof.rounds(20, 500);
    var events = new LinkedHashMap<RunId, List<RunEvent>>();
    int entries = 0;
    try (var engine = TestBench.engine(new SqliteJournal(folder), agents());
        var imports = new SqliteJournal(other);
        var reader = TestBench.engine(new SqliteJournal(folder), agents())) {
      var source =
          new RunKeeper(new SqliteJournal(folder), KeptRunsTest.ALL_RULES, new ManualClock(), dice);
      var target = new RunKeeper(imports, KeptRunsTest.ALL_RULES, new ManualClock(), dice);
      for (int round = 0; round < rounds; round++) {
        int width = 1 + dice.nextInt(10);
        var workflow = ScriptedWorkflows.mixed(width);
        var run = engine.start(TestBench.request(), workflow, RunListener.none()).await().id();
        var when = "seed " + SEED + ", round " + round;
        var copy = copied(source, run);
        assertEquals(run, target.store(copy, UnaryOperator.identity()), when);
        var happened = reader.events(run);
        assertEquals(happened, events(imports, run), when);
        var verdict = new Replay(run, RunKeeper.entries(copy), KeptRunsTest.ALL_RULES).of(workflow);
        assertInstanceOf(Replay.Verdict.Same.class, verdict, when + ": " + verdict);
        assertTrue(copy.streams().size() > width, "its sessions came along, " + when);
        events.put(run, happened);
        entries += happened.size();
      }
      var doomed = events.keySet().stream().filter(_ -> dice.nextBoolean()).toList();
      source.erase(doomed);
      doomed.forEach(events::remove);
      for (var kept : events.entrySet()) {
        assertEquals(kept.getValue(), reader.events(kept.getKey()), "seed " + SEED);
      }
      source.close();
    }
    int loose = looseEnds(folder) + looseEnds(other);
    LOG.log(
        Level.INFO,
        "DP13: {0} runs, {1} entries, equal streams, {2} kept after removal, {3} loose ends",
        rounds,
        entries,
        events.size(),
        loose);
    assertEquals(0, loose);
  }

  private static ArchivedRun copied(RunKeeper keeper, RunId run) throws Exception {
    var text = new StringWriter();
    ArchiveWriter.write(keeper.take(run, List.of()), text);
    return KeptRunsTest.read(text.toString());
  }

  private static List<RunEvent> events(SqliteJournal journal, RunId run) {
    // Not closed: the journal is the caller's.
    Engine engine = TestBench.engine(journal, ScriptedActivity.echo());
    return engine.events(run);
  }

  /// Values that are needed and gone, values and sessions that nobody needs.
  private static int looseEnds(Path store) throws Exception {
    var needed = new HashSet<String>();
    var there = new HashSet<String>();
    var runs = new HashSet<String>();
    var sessions = new HashSet<String>();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + store.resolve("mimocode.db"));
        var statement = connection.createStatement()) {
      for (var row : rows(statement.executeQuery("SELECT blobs FROM entry WHERE blobs <> ''"))) {
        needed.addAll(List.of(row.split(" ", -1)));
      }
      there.addAll(rows(statement.executeQuery("SELECT digest FROM blob")));
      runs.addAll(rows(statement.executeQuery(named(StreamId.RUN))));
      rows(statement.executeQuery(named(StreamId.SESSION)))
          .forEach(name -> sessions.add(name.split("-", 2)[0]));
    }
    assertTrue(!there.isEmpty() && !sessions.isEmpty(), "nothing was looked at");
    return difference(needed, there) + difference(there, needed) + difference(sessions, runs);
  }

  private static String named(String kind) {
    return "SELECT name FROM stream WHERE kind = '" + kind + "'";
  }

  private static int difference(Set<String> these, Set<String> those) {
    var rest = new HashSet<>(these);
    rest.removeAll(those);
    return rest.size();
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    try (result) {
      var rows = new ArrayList<String>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    }
  }
}
