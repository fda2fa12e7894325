package mimo.cli.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that are started, and the file that says which one is the daemon.
final class LocalBackgroundTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private @TempDir Path home;

  private LocalBackground background(@Nullable Path launcher, String configuration) {
    var surroundings = new LocalBackground.Surroundings(launcher, home, configuration);
    var folders = Folders.of(Map.of("MIMOCODE_HOME", home.toString()), home);
    return new LocalBackground(surroundings, folders, () -> false);
  }

  private Path launcher(String... lines) throws IOException {
    var script = home.resolve("mimo");
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Path file() {
    return home.resolve("state/daemon");
  }

  @Test
  void knowsTheDaemonAsLongAsItSaysSo() throws IOException {
    var background = background(null, "");
    assertEquals(Optional.empty(), background.daemon());

    try (var _ = background.announce()) {
      var daemon = background.daemon().orElseThrow();
      assertEquals(ProcessHandle.current().pid(), daemon.pid());
      assertEquals(home.resolve("state/daemon.log"), daemon.log());
    }

    assertFalse(Files.exists(file()));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("state"))));
  }

  @Test
  void takesNoOtherProcessForTheDaemonThatHasItsNumber() throws IOException {
    var background = background(null, "");
    try (var _ = background.announce()) {
      var lines = Files.readAllLines(file());
      var earlier = Instant.parse(lines.get(1)).minusSeconds(60).toString();

      Files.write(file(), List.of(lines.get(0), earlier, lines.get(2)));
      assertEquals(Optional.empty(), background.daemon());

      Files.write(file(), List.of("no number", earlier, lines.get(2)));
      assertEquals(Optional.empty(), background.daemon());

      Files.write(file(), List.of(lines.get(0)));
      assertEquals(Optional.empty(), background.daemon());
    }
  }

  @Test
  void startsAProcessWhereItIsToWorkWithTheSameConfiguration() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    var launcher = launcher("echo \"$@\" >&2", "echo \"$MIMOCODE_CONFIG\" >&2", "pwd -P >&2");
    var workspace = Files.createDirectory(home.resolve("workspace")).toRealPath();

    var process =
        background(launcher, "my.json").start(workspace, List.of("runs", "list"), told::add);

    assertEquals("runs list", next(told));
    assertEquals(home.resolve("my.json").toString(), next(told));
    assertEquals(workspace.toString(), next(told));
    assertTrue(process.endsWithin(HOUR));
    assertFalse(process.isAlive());
  }

  private static @Nullable String next(BlockingQueue<String> told) throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void worksHereIfTheFolderIsGone() throws Exception {
    var told = new LinkedBlockingQueue<String>();

    var process =
        background(launcher("pwd -P >&2"), "").start(home.resolve("gone"), List.of(), told::add);

    assertEquals(home.toRealPath().toString(), next(told));
    assertTrue(process.endsWithin(HOUR));
  }

  @Test
  void stopsAProcessAsASignalDoes() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    var launcher =
        launcher(
            "trap 'echo stopped >&2; exit 0' TERM",
            "echo ready >&2",
            "while :; do sleep 0.1; done");

    var process = background(launcher, "").start(home, List.of(), told::add);
    assertEquals("ready", next(told));
    assertTrue(process.isAlive());
    process.stop();

    assertEquals("stopped", next(told));
    assertTrue(process.endsWithin(HOUR));
  }

  @Test
  void saysWhereToLookIfTheDaemonDoesNotBegin() throws Exception {
    var background = background(launcher("echo \"no luck: $@\" >&2", "exit 1"), "");

    var refused = assertThrows(CommandException.class, () -> background.startDaemon(HOUR));

    var log = home.resolve("state/daemon.log");
    assertEquals("daemon_failed", refused.failure().code());
    assertEquals(
        "the daemon has not begun; see what it says in " + log, refused.failure().message());
    assertEquals("no luck: daemon run --idle 3600s\n", Files.readString(log));
  }

  @Test
  void putsALongLogAside() throws Exception {
    var log = Files.createDirectories(home.resolve("state")).resolve("daemon.log");
    Files.writeString(log, "x".repeat(1024 * 1024 + 1));
    var background = background(launcher("echo new"), "");

    assertThrows(CommandException.class, () -> background.startDaemon(HOUR));

    assertEquals("new\n", Files.readString(log));
    assertEquals(1024 * 1024 + 1, Files.size(home.resolve("state/daemon.log.1")));
  }

  @Test
  void startsNothingWithoutALauncher() {
    var refused =
        assertThrows(
            CommandException.class, () -> background(null, "").start(home, List.of(), _ -> {}));

    assertEquals("daemon_failed", refused.failure().code());
  }
}
