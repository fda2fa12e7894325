package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mimo.cli.testing.BuiltMimo;
import mimo.engine.testing.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon of the built program, from a run that parks to one that is finished (D41, D51, D52).
final class DaemonIT {

  private static final System.Logger LOG = System.getLogger(DaemonIT.class.getName());

  private static final String SCRIPT =
      """
      export const meta = { name: 'careful', description: 'asks before it goes on' };
      return (await approve('Go on?')) ? 'gone on' : 'stopped';
      """;

  private @TempDir Path temp;
  private BuiltMimo mimo;
  private final List<ProcessHandle> daemons = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(temp.resolve("careful.js"), SCRIPT);
    mimo = new BuiltMimo(temp.resolve("home"), temp, "{\"daemon\": \"auto\"}");
  }

  @AfterEach
  void endDaemons() {
    daemons.forEach(ProcessHandle::destroyForcibly);
  }

  private String parked() throws InterruptedException {
    var parked = mimo.run("compose", "careful.js", "--model", "offline", "--json");
    assertEquals(75, parked.exit(), parked.err());
    return parked.json().path("run").asText();
  }

  /// The daemon that says it runs.
  private ProcessHandle daemon() throws InterruptedException {
    var status = mimo.run("daemon", "status", "--json").json();
    assertTrue(status.path("running").asBoolean(), status.toString());
    var daemon = ProcessHandle.of(status.path("pid").asLong()).orElseThrow();
    daemons.add(daemon);
    return daemon;
  }

  private boolean hasEnded(String run) throws InterruptedException {
    return mimo.run("runs", "show", run, "--json").out().contains("\"status\":\"completed\"");
  }

  @Test
  void finishesARunThatWasAnsweredAndOutlivesKillsOfItself() throws Exception {
    var run = parked();
    var first = daemon();
    mimo.run("runs", "answer", run, "yes");
    var answered = System.nanoTime();
    Patience.until(() -> hasEnded(run));
    LOG.log(
        Level.INFO,
        "finished {0} ms after its answer, as seen by a command that takes its time itself",
        Duration.ofNanos(System.nanoTime() - answered).toMillis());

    first.destroyForcibly();
    first.onExit().get();
    var without = mimo.run("daemon", "status");
    var second = parked();
    var next = daemon();
    var again = mimo.run("daemon", "start");
    mimo.run("runs", "answer", second, "no");
    Patience.until(() -> hasEnded(second));
    var stopped = mimo.run("daemon", "stop");

    assertEquals("no daemon runs", without.out().lines().findFirst().orElse(""));
    assertTrue(next.pid() != first.pid(), "another one was started");
    assertTrue(
        again.out().startsWith("the daemon (process " + next.pid() + ") is there already\n"));
    assertEquals("the daemon (process " + next.pid() + ") has ended\n", stopped.out());
    assertFalse(next.isAlive());
    var log = Files.readString(temp.resolve("home/state/daemon.log"));
    assertTrue(log.contains(run + ": run " + run + " completed: no agent was started\n"), log);
    assertTrue(log.contains("\ngone on\n") && log.contains("\nstopped\n"), log);
    assertTrue(log.endsWith(" ends: it was asked to\n"), log);
  }

  @Test
  void letsOneWatchAndSendsTheOthersAwayD41() throws Exception {
    var run = parked();
    var daemon = daemon();

    var watch = mimo.run("runs", "resume", "--due", "--watch");
    var second = mimo.run("daemon", "run");
    var removed = mimo.run("runs", "rm", run);

    assertEquals(0, watch.exit());
    assertTrue(
        watch.err().startsWith("process " + daemon.pid() + " on ")
            && watch
                .err()
                .endsWith(" watches these runs already, and goes on with what becomes due\n"),
        watch.err());
    assertEquals(0, second.exit());
    assertTrue(second.err().endsWith(" watches these runs already\n"), second.err());
    assertEquals(0, removed.exit(), removed.err());
    assertTrue(daemon.isAlive());
    assertEquals(0, mimo.run("daemon", "stop").exit());
  }
}
