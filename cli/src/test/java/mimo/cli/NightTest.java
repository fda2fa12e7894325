package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.WholeStack;
import mimo.engine.testing.LogicalTime;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that asks in the evening, is answered in the night from another process, and is finished
/// in the morning on a machine that was started anew (D51 to D53). Script, worker, store and agents
/// are real; each command line stands for a process of its own, with nothing in mind.
final class NightTest {

  private static final String SCRIPT =
      """
      export const meta = { name: 'release', description: 'asks before it publishes' };
      const notes = await agent('write the notes', { label: 'notes' });
      const color = await ask('Which banner?', { choices: ['red', 'blue'] });
      const done = await agent('publish in ' + color, { label: 'publish' });
      return notes + ', ' + done;
      """;

  private final EchoModel model = new EchoModel(0);
  private final LogicalTime time = new LogicalTime();
  private @TempDir Path home;

  private WholeStack stack() {
    return new WholeStack(home, model, SandboxLimits.defaults()).in(time);
  }

  /// A process that runs one command and ends.
  private Commands process(ExitCode expected, String... words) {
    var mimo = new Commands(new ScriptedInspection());
    try (var stack = stack()) {
      var exit = mimo.in(stack.folder()).over(stack.runs()).at(time).run(words);
      assertEquals(expected, exit, mimo.err());
    }
    return mimo;
  }

  private String evening() throws Exception {
    var script = stack().folder().resolve("release.js");
    Files.writeString(script, SCRIPT);
    var parked = process(ExitCode.PARKED, "compose", "release.js", "--detach", "--quiet");
    assertTrue(parked.err().startsWith("MIMO-631 waits_for_answer: "), parked.err());
    return process(ExitCode.OK, "runs", "list")
        .out()
        .lines()
        .findFirst()
        .orElse("")
        .split(" ", -1)[0];
  }

  /// What was written by processes of the machine before it was started anew: other ids of the
  /// boot, numbers of processes that are given again, even a heartbeat that is fresh.
  private void startMachineAnew() throws Exception {
    var database = "jdbc:sqlite:" + home.resolve("data/mimocode.db");
    try (var connection = DriverManager.getConnection(database);
        var change =
            connection.prepareStatement("UPDATE lease SET boot = 'yesterday', pid = ?, beat = ?")) {
      change.setLong(1, ProcessHandle.current().pid());
      change.setLong(2, System.currentTimeMillis());
      assertEquals(1, change.executeUpdate(), "one run was owned");
    }
  }

  @Test
  void answeredAtNightAndFinishedAfterARebootD52D53() throws Exception {
    var run = evening();
    assertEquals(Map.of("write the notes", 1), model.asked());
    time.pass(Duration.ofHours(8));

    process(ExitCode.OK, "runs", "resume", "--due", "--allow-losses");
    assertEquals(1, model.requests(), "nobody has answered, so nothing is due");
    var misfit = process(ExitCode.USAGE, "runs", "answer", run, "green");
    var answered = process(ExitCode.OK, "runs", "answer", run, "blue");
    var late = process(ExitCode.FAILURE, "runs", "answer", run, "red");
    startMachineAnew();
    var morning = process(ExitCode.OK, "runs", "resume", "--due", "--quiet");

    assertTrue(misfit.err().startsWith("MIMO-633 answer_misfit: "), misfit.err());
    assertEquals("step 2 of run " + run + ": \"blue\"\n", answered.out());
    assertTrue(
        late.err().startsWith("MIMO-632 answered: step 2 was answered already, by "), late.err());
    assertTrue(late.err().contains(": \"blue\"\n"), late.err());
    assertEquals("echo write the notes, echo publish in blue\n", morning.out());
    assertEquals(Map.of("write the notes", 1, "publish in blue", 1), model.asked());
  }

  @Test
  void isFinishedByWhoeverAsksFirstAndOnceD51() throws Exception {
    var run = evening();
    process(ExitCode.OK, "runs", "answer", run, "1");

    process(ExitCode.OK, "runs", "resume", "--due", "--quiet");
    var again = process(ExitCode.OK, "runs", "resume", "--due", "--quiet");

    assertEquals("", again.out() + again.err());
    assertEquals(2, model.requests());
  }
}
