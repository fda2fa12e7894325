package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mimo.engine.Engine;
import mimo.engine.EngineException;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.RunResult;
import mimo.engine.WorkflowResult;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody writes into the store of an interrupted run, with any tool that can: each file under
/// `hostile/` is what they do, and says in its first line what the resume must answer.
///
/// In the statements `:run` is the number of the run's stream, `:name` its id, and `:other` the
/// number of another run of the same script.
final class TamperedRunTest {

  private static final Path FOLDER = Path.of("src/test/resources/hostile/replay-tampering");
  private static final int ATTACKS_AT_LEAST = 6;

  @TempDir private Path folder = Path.of("unset");

  static List<String> attacks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void thereAreEnoughAttacks() throws IOException { // S25
    assertTrue(attacks().size() >= ATTACKS_AT_LEAST, "only " + attacks());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void isRefusedAndNothingIsTouched(String attack) throws Exception { // S24, S25
    var text = Files.readString(FOLDER.resolve(attack));
    var expected = text.lines().findFirst().orElseThrow().replace("-- expect: ", "");
    var runs = interruptedRuns();
    var run = runs.getFirst();
    tamper(text, run, runs.getLast());
    var before = entries();
    var agents = ScriptedActivity.echo();

    EngineException refused;
    try (var engine = TestBench.engine(new SqliteJournal(folder), agents)) {
      refused =
          assertThrows(
              EngineException.class,
              () ->
                  engine
                      .resume(
                          run,
                          TestBench.request(),
                          ScriptedWorkflows.sequential(5),
                          RunListener.none())
                      .await());
    }

    assertEquals(expected, refused.code(), refused.getMessage());
    assertEquals(0, agents.runs(), "no agent may run on a history nobody wrote");
    assertEquals(before, entries());
  }

  @Test
  void aRunNobodyTouchedResumes() throws Exception { // S87
    var run = interruptedRuns().getFirst();

    try (var engine = TestBench.engine(new SqliteJournal(folder), ScriptedActivity.echo())) {
      var result =
          engine
              .resume(run, TestBench.request(), ScriptedWorkflows.sequential(5), RunListener.none())
              .await();

      assertInstanceOf(RunResult.Completed.class, result);
    }
  }

  /// Two runs of five steps that were stopped after three.
  private List<RunId> interruptedRuns() throws InterruptedException {
    try (var engine = TestBench.engine(new SqliteJournal(folder), ScriptedActivity.echo())) {
      return List.of(interruptedRun(engine), interruptedRun(engine));
    }
  }

  private static RunId interruptedRun(Engine engine) throws InterruptedException {
    return engine
        .start(
            TestBench.request(),
            scope -> {
              for (var i = 0; i < 3; i++) {
                scope.schedule(TestBench.agent("s" + i));
                scope.awaitDeliveries();
              }
              return new WorkflowResult.Failed(
                  "worker_died", "", null, WorkflowResult.Resumable.YES, List.of());
            },
            RunListener.none())
        .await()
        .id();
  }

  private void tamper(String attack, RunId run, RunId other) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      var sql =
          attack
              .replaceAll("(?m)^--.*\n", "")
              .replace(":run", stream(connection, run))
              .replace(":other", stream(connection, other))
              .replace(":name", "'" + run.value() + "'");
      for (var part : sql.strip().split(";\n", -1)) {
        assertTrue(statement.executeUpdate(part) > 0, "changes nothing: " + part);
      }
    }
  }

  private static String stream(Connection connection, RunId run) throws SQLException {
    try (var query = connection.prepareStatement("SELECT id FROM stream WHERE name = ?")) {
      query.setString(1, run.value());
      try (var rows = query.executeQuery()) {
        assertTrue(rows.next(), "no stream of " + run);
        return rows.getString(1);
      }
    }
  }

  /// Every entry of the store, as it lies there.
  private List<String> entries() throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT stream || ' ' || number || ' ' || type || ' ' || body || ' ' || hex(hash)"
                    + " FROM entry ORDER BY stream, number")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    assertTrue(found.size() > 10, "saw only " + found.size() + " entries");
    return found;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mimocode.db"));
  }
}
