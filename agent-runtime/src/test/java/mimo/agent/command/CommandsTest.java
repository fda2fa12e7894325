package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import mimo.engine.testing.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Sandboxes box;

  @BeforeEach
  void make() throws IOException {
    box = new Sandboxes(folder);
  }

  @Test
  void tellsOutputInOrderAndTheExitCode() throws Exception {
    try (var commands = box.plain()) {
      assertEquals(
          "one\ntwo\nthree\nExited[code=3]",
          box.run(commands, "echo one; echo two >&2; echo three; exit 3"));
    }
  }

  @Test
  void commandHasNothingToRead() throws Exception {
    try (var commands = box.plain()) {
      assertEquals("Exited[code=1]", box.run(commands, "read line"));
    }
  }

  @Test
  void signalThatEndsACommandIsInItsCode() throws Exception {
    try (var commands = box.plain()) {
      assertEquals("Exited[code=137]", box.run(commands, "kill -9 $$"));
    }
  }

  @Test
  void stopsWhenTheTimeIsOver() throws Exception {
    try (var commands = box.plain()) {
      var sink = new HeadAndTail();
      var time = Duration.ofMillis(200);

      var end =
          commands.run(box.order("echo begun; sleep 60"), sink, time, CancellationToken.never());

      assertEquals(new CommandEnd.TimedOut(time), end);
      assertEquals("begun\n", sink.text());
    }
  }

  @Test
  void deafCommandIsKilledAfterTheGrace() throws Exception {
    long begun = System.nanoTime();
    try (var commands = box.plain()) {
      var time = Duration.ofMillis(300);
      var script = "trap '' TERM; while :; do sleep 60; done";

      var end = commands.run(box.order(script), new HeadAndTail(), time, CancellationToken.never());

      assertEquals(new CommandEnd.TimedOut(time), end);
    }
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(9).toNanos());
  }

  @Test
  void sandboxedCommandIsAskedBeforeItIsKilled() throws Exception {
    try (var commands = box.confined()) {
      var sink = new HeadAndTail();
      var script = "trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 0.05; done";

      var job = commands.start(box.order(script), sink);
      Patience.until(() -> sink.text().equals("up\n"));
      var end = job.stop(new CommandEnd.Stopped());

      assertEquals(new CommandEnd.Stopped(), end);
      // The shell may tell of its child's end too.
      assertTrue(sink.text().endsWith("asked\n"), sink.text());
    }
  }

  @Test
  void cancelEndsACommandWithinSixSeconds() throws Exception {
    for (var commands : List.of(box.plain(), box.confined())) {
      try (commands) {
        var source = new CancellationSource();
        var sink = new HeadAndTail();
        var order = box.order("trap '' TERM; echo up; while :; do sleep 0.2; done");
        var running = new FutureTask<>(() -> commands.run(order, sink, LONG, source));
        var thread = Thread.ofVirtual().start(running);
        Patience.until(() -> sink.text().equals("up\n"));

        long begun = System.nanoTime();
        source.cancel();
        thread.join();
        assertTrue(System.nanoTime() - begun < 1_000_000_000L, "the caller is free at once");
        assertThrows(Exception.class, running::get);
        commands.close();

        assertTrue(System.nanoTime() - begun < 6_500_000_000L, "the command is gone");
      }
    }
  }

  @Test
  void whatACommandLeavesRunningIsFoundByItsMark() throws Exception {
    try (var commands = box.plain()) {
      var script = "setsid sleep 71.5 & (setsid sleep 71.5 &) ; sleep 71.5 & echo left";

      assertEquals("left\n", box.run(commands, script));
    }

    assertEquals(0, ProcessHandle.allProcesses().filter(CommandsTest::sleeps).count());
  }

  private static boolean sleeps(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("sleep 71.5") && process.isAlive();
  }

  @Test
  void endlessOutputTakesBoundedMemory() throws Exception {
    try (var commands = box.plain()) {
      var said = box.run(commands, "yes 0123456789 | head -c 300000000; echo end");

      assertTrue(said.length() < 60_000, "characters: " + said.length());
      assertTrue(said.startsWith("0123456789\n"));
      assertTrue(said.contains("(… 300000004 bytes in all; their middle is not shown …)"));
      assertTrue(said.endsWith("end\n"));
    }
  }

  @Test
  void runsAsManyAtOnceAsThereAreSlots() throws Exception {
    try (var commands = new Commands(new Unconfined(null), box.environment(), 1)) {
      var source = new CancellationSource();
      var sink = new HeadAndTail();
      var first =
          new FutureTask<>(() -> commands.run(box.order("echo up; sleep 60"), sink, LONG, source));
      Thread.ofVirtual().start(first);
      Patience.until(() -> sink.text().equals("up\n"));

      var second = new FutureTask<>(() -> box.run(commands, "echo second"));
      var thread = Thread.ofVirtual().start(second);
      Patience.until(() -> thread.getState() == Thread.State.WAITING);
      assertFalse(second.isDone());
      source.cancel();

      assertEquals("second\n", second.get());
    }
  }

  @Test
  void closedCommandsEndWhatRunsAndStartNothing() throws Exception {
    var commands = box.plain();
    var job = commands.start(box.order("sleep 60"), new HeadAndTail());

    commands.close();

    assertEquals(new CommandEnd.Stopped(), job.end());
    assertInstanceOf(CommandEnd.NotStarted.class, ended(commands));
  }

  private CommandEnd ended(Commands commands) throws InterruptedException {
    return commands.run(box.order("true"), new HeadAndTail(), LONG, CancellationToken.never());
  }

  /// T13: five kinds of children, forty planted values.
  @Test
  void noChildSeesAKeyOfAProvider() throws Exception {
    var own = new TreeMap<String, String>();
    own.put("PATH", "/usr/bin:/bin");
    own.put("HOME", box.home.toString());
    for (int i = 0; i < 20; i++) {
      own.put("MIMO_TEST_KEY_" + i, "planted-value-" + i);
      own.put("LC_PLANTED_" + i, "wrapped planted-secret-" + i + " text");
    }
    var secrets = java.util.stream.IntStream.range(0, 20).mapToObj(i -> "planted-secret-" + i);
    var environment =
        ChildEnvironment.of(
            own,
            List.of("MIMO_TEST_KEY_0", "MIMO_TEST_KEY_1"),
            Set.of("MIMO_TEST_KEY_0", "MIMO_TEST_KEY_1"),
            secrets.toList());
    var seen = new StringBuilder();

    try (var plain = new Commands(new Unconfined(null), environment, 1);
        var confined = new Commands(box.walls(), environment, 1)) {
      seen.append(box.run(plain, "env; cat /proc/$$/environ | tr '\\0' '\\n'"));
      seen.append(box.run(confined, "env; cat /proc/*/environ | tr '\\0' '\\n'"));
      var sink = new HeadAndTail();
      var job = plain.start(box.order("env"), sink);
      Patience.until(() -> job.end() != null);
      seen.append(sink.text());
      seen.append(box.run(plain, box.order("exec /usr/bin/env")));
    }
    var git = new GitCommand(Path.of("/usr/bin/git"), environment);
    var alias = List.of("-c", "alias.env=!env", "env");
    var init = git.call(box.workspace, "init", "-q");
    assertEquals(0, init.code());
    seen.append(git.call(box.workspace, alias, new byte[0]).line());

    assertTrue(seen.toString().contains("GIT_CONFIG_NOSYSTEM=1"), seen.toString());
    assertTrue(seen.toString().contains("MIMO_COMMAND="));
    assertFalse(seen.toString().contains("planted-"), seen.toString());
    assertEquals(22, environment.refused().size());
    assertTrue(
        environment
            .refused()
            .contains("MIMO_TEST_KEY_0 holds a provider's key, which no child process gets"));
  }

  @Test
  void childGetsTheHarmlessAndTheNamedVariablesAlone() {
    var own =
        Map.of("PATH", ".:/usr/bin:bin:/bin", "LC_ALL", "C", "EDITOR", "vi", "JAVA_HOME", "/j");

    var environment = ChildEnvironment.of(own, List.of("JAVA_HOME"), Set.of(), List.of("", "x"));

    assertEquals(
        new ChildEnvironment(
            Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C", "JAVA_HOME", "/j"), List.of()),
        environment);
  }

  @Test
  void sandboxedCommandDiesWithItsParent() throws Exception {
    try (var walls = box.walls()) {
      var order = box.order("echo up; sleep 81.75");
      var prepared = walls.prepare(order);
      var script = Files.writeString(folder.resolve("parent"), "\"$@\" & wait\n").toString();
      var argv = new java.util.ArrayList<>(List.of("/bin/sh", script));
      argv.addAll(prepared.argv());
      var parent = new ProcessBuilder(argv).start();
      assertEquals("up", parent.inputReader().readLine());

      parent.destroyForcibly();

      Patience.until(() -> ProcessHandle.allProcesses().noneMatch(CommandsTest::sleepsBoxed));
      prepared.close();
    }
  }

  private static boolean sleepsBoxed(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("sleep 81.75") && process.isAlive();
  }
}
