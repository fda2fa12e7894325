package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mimo.agent.command.CommandEnd;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.HeadAndTail;
import mimo.agent.command.MountPoints;
import mimo.agent.command.ScratchFolders;
import mimo.agent.goal.CheckShells;
import mimo.agent.permission.Shelter;
import mimo.cli.config.Configuration;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where the commands of a goal's checks run: in rooms of their own, with what the machine has.
@Timeout(60)
final class CheckRoomsTest {

  private static final Duration TIME = Duration.ofSeconds(30);
  private static final CommandEnd PASSED = new CommandEnd.Exited(0);

  @TempDir private Path temp;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private Path workspace;

  @BeforeEach
  void makeFolders() throws IOException {
    home = temp.toRealPath();
    workspace = Files.createDirectories(home.resolve("workspace"));
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", Files.createDirectories(home.resolve("account")).toString());
  }

  private Path scratch() {
    return home.resolve("scratch");
  }

  private CommandShell shell(String sandbox) throws IOException {
    return shell(sandbox, workspace);
  }

  private CommandShell shell(String sandbox, Path folder) throws IOException {
    environment.put("MIMOCODE_HOME", home.resolve("mimo").toString());
    var folders = Folders.of(environment, home);
    Files.createDirectories(folders.config());
    Files.writeString(
        folders.config().resolve("mimocode.json"), "{\"sandbox\":{\"mode\":\"" + sandbox + "\"}}");
    Configuration configuration =
        new ConfigurationFiles(folders, environment, folder).read().configuration();
    var grounds =
        new CommandShell.Grounds(
            new MountPoints(home.resolve("mounts")),
            new ScratchFolders(scratch(), new Random(5)),
            new Semaphore(2));
    return new CommandShell(
        new CommandWalls(folder, folders, environment, configuration),
        List::of,
        grounds,
        new StagingWatch(folder, Optional::empty, _ -> {}));
  }

  private CheckRooms rooms(String sandbox, Access access) throws IOException {
    var shell = shell(sandbox);
    return new CheckRooms(_ -> shell, access);
  }

  /// Those with walls, which not every machine has.
  private CheckRooms walled(Access access) throws IOException {
    var shell = shell("on");
    assumeTrue(shell.shelter() == Shelter.SANDBOX, "bubblewrap does not work here");
    return new CheckRooms(_ -> shell, access);
  }

  /// What came of a line, and what it printed.
  private record Ran(CommandEnd end, String output) {}

  private static Ran run(CheckShells.Shell room, String line) throws InterruptedException {
    var sink = new HeadAndTail();
    return new Ran(room.run(line, sink, TIME, CancellationToken.never()), sink.text());
  }

  private Ran ran(CheckRooms rooms, String line) throws InterruptedException {
    try (var room = rooms.open(workspace)) {
      return run(room, line);
    }
  }

  private List<Path> left() throws IOException {
    if (!Files.isDirectory(scratch())) {
      return List.of();
    }
    try (var all = Files.list(scratch())) {
      // What the walls were tried with stays for as long as the process does.
      return all.filter(each -> Files.exists(each.resolve("tmp/left"))).toList();
    }
  }

  @Test
  void aCheckRunsInTheFolderAndEndsWithItsCodeG2() throws Exception {
    var ran = ran(rooms("off", Access.WRITABLE), "pwd; echo wrong >&2; exit 3");

    assertEquals(new Ran(new CommandEnd.Exited(3), workspace + "\nwrong\n"), ran);
  }

  @Test
  void withoutAShellThatAgentsCouldNotHavePutThereNothingPassesG2() throws Exception {
    var everything = shell("on", Path.of("/"));

    assertEquals(
        new Ran(new CommandEnd.NotStarted("there is no bash here"), ""),
        ran(new CheckRooms(_ -> everything, Access.WRITABLE), "true"));
  }

  @Test
  void aVariableOfTheUsersIsNotThereForAProgramToTripOverG2() throws Exception {
    environment.put("TEST_OPTS", "--lenient");

    assertEquals(
        new Ran(PASSED, "none\n"), ran(rooms("off", Access.WRITABLE), "echo ${TEST_OPTS:-none}"));
  }

  @Test
  void eachRoomHasATmpThatNobodyHasSeenAndThatGoesWithItG2() throws Exception {
    var rooms = walled(Access.WRITABLE);
    try (var first = rooms.open(workspace)) {
      assertEquals(PASSED, run(first, "test ! -e /tmp/left && touch /tmp/left").end());
      assertEquals(PASSED, run(first, "test -e /tmp/left").end(), "checks of one end share it");
      assertEquals(1, left().size());
      assertEquals(PASSED, ran(rooms, "test ! -e /tmp/left").end());
    }

    assertEquals(List.of(), left());
  }

  @Test
  void aLinkInTheTmpGoesAndWhatItLeadsToStaysG2() throws Exception {
    Files.writeString(workspace.resolve("work.txt"), "work");

    var ran = ran(walled(Access.WRITABLE), "touch /tmp/left; ln -s " + workspace + " /tmp/away");

    assertEquals(new Ran(PASSED, ""), ran);
    assertEquals(List.of(), left());
    assertEquals("work", Files.readString(workspace.resolve("work.txt")));
  }

  @Test
  void aFolderThatACheckHasClosedToItsOwnerIsRemovedAllTheSameG2() throws Exception {
    var ran = ran(walled(Access.WRITABLE), "mkdir -p /tmp/left/in; chmod 0 /tmp/left/in /tmp/left");

    assertEquals(new Ran(PASSED, ""), ran);
    assertEquals(List.of(), left());
  }

  @Test
  void aFullDiskIsACheckThatFailedG2() throws Exception {
    var ran = ran(walled(Access.WRITABLE), "echo result > /dev/full");

    assertEquals(new CommandEnd.Exited(1), ran.end());
    assertTrue(ran.output().contains("No space left on device"), ran.output());
  }

  @Test
  void aRoomThatCannotBeMadeRunsNothingAndTheNextOneIsTriedG2() throws Exception {
    var rooms = walled(Access.WRITABLE);
    assertEquals(PASSED, ran(rooms, "true").end());
    ScratchFolders.remove(scratch());
    Files.writeString(scratch(), "in the way");

    var end = assertInstanceOf(CommandEnd.NotStarted.class, ran(rooms, "touch made").end());
    assertTrue(
        end.why().startsWith("the folder for its own /tmp cannot be made in " + scratch() + ": "),
        end.why());
    assertFalse(Files.exists(workspace.resolve("made")), "not even without walls");

    Files.delete(scratch());
    assertEquals(PASSED, ran(rooms, "touch made").end());
  }

  @Test
  void aRoomWhoseFolderIsGoneBeforeItsEndEndsG2() throws Exception {
    try (var room = walled(Access.WRITABLE).open(workspace)) {
      assertEquals(PASSED, run(room, "touch /tmp/left").end());
      ScratchFolders.remove(scratch());
    }

    assertEquals(List.of(), left());
  }

  @Test
  void whoOnlyLooksHasChecksThatOnlyLookA40() throws Exception {
    var ran = ran(walled(Access.READ_ONLY), "touch made");

    assertEquals(new CommandEnd.Exited(1), ran.end());
    assertFalse(Files.exists(workspace.resolve("made")));
  }

  @Test
  void whatACheckHasPutIntoTheBackgroundEndsWithItsRoomG2() throws Exception {
    try (var room = rooms("off", Access.WRITABLE).open(workspace)) {
      assertEquals(PASSED, run(room, "sleep 3600 >/dev/null 2>&1 & echo $! > pid").end());
    }

    var pid = Long.parseLong(Files.readString(workspace.resolve("pid")).strip());
    var still = ProcessHandle.of(pid);
    if (still.isPresent()) {
      still.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aCheckOutOfTimeIsStoppedG2() throws Exception {
    try (var room = rooms("off", Access.WRITABLE).open(workspace)) {
      var time = Duration.ofMillis(200);

      var end = room.run("sleep 3600", new HeadAndTail(), time, CancellationToken.never());

      assertEquals(new CommandEnd.TimedOut(time), end);
    }
  }

  @Test
  void whoeverStopsTheAgentStopsItsChecks() throws Exception {
    var stop = new CancellationSource();
    stop.cancel();
    try (var room = rooms("off", Access.WRITABLE).open(workspace)) {
      var why =
          assertThrows(
              InterruptedException.class,
              () -> room.run("touch made", new HeadAndTail(), TIME, stop));

      assertFalse(Thread.currentThread().isInterrupted(), String.valueOf(why.getMessage()));
    }
    assertFalse(Files.exists(workspace.resolve("made")));
  }
}
