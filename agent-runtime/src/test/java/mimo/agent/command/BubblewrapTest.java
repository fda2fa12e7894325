package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T12: the walls of the operating system.
class BubblewrapTest {

  @TempDir Path folder;
  private Sandboxes box;

  @BeforeEach
  void make() throws IOException {
    box = new Sandboxes(folder);
  }

  @Test
  void workspaceIsWritableAndTheRestIsNot() throws Exception {
    try (var commands = box.confined()) {
      assertEquals(
          "",
          box.run(commands, "echo a > file && mkdir dir && ! touch /usr/x /etc/x /x 2>/dev/null"));
    }

    assertEquals("a\n", Files.readString(box.workspace.resolve("file")));
  }

  @Test
  void homeAndDataFoldersAreNotThere() throws Exception {
    Files.writeString(box.home.resolve(".secret"), "canary");
    Files.writeString(box.data.resolve("store"), "canary");

    try (var commands = box.confined()) {
      var said = box.run(commands, "ls -A " + box.home + "; cat ~/.secret " + box.data + "/store");

      assertTrue(said.startsWith("data\nproject\n"), said);
      assertFalse(said.contains("canary"), said);
    }
    assertEquals("canary", Files.readString(box.home.resolve(".secret")));
  }

  @Test
  void networkIsThereOnlyWhenItIsOpen() throws Exception {
    var interfaces = "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | sort | tr '\\n' ' '";

    try (var commands = box.confined()) {
      assertEquals("lo ", box.run(commands, interfaces));

      var open = box.order(interfaces, Network.OPEN, Access.WRITABLE);
      assertEquals(
          Files.readAllLines(Path.of("/proc/net/dev")).size() - 2,
          box.run(commands, open).split(" ", -1).length - 1);
    }
  }

  @Test
  void guardedNamesCannotBeChangedWhetherTheyAreThereOrNot() throws Exception {
    box.guard(".git/hooks", ".git/config", ".mimocode", "AGENTS.md", ".envrc", "deep/er/name");
    Files.createDirectories(box.workspace.resolve(".git/hooks"));
    Files.writeString(box.workspace.resolve(".git/config"), "mine");
    Files.writeString(box.workspace.resolve(".envrc"), "mine");
    var before = tree();
    var attacks =
        """
        for name in .git/hooks/x .git/config .mimocode/x .mimocode AGENTS.md .envrc deep/er/name; do
          (echo evil > $name) && echo "written $name"
          [ -e $name ] && rm -rf $name && echo "removed $name"
          [ -e $name ] && mv $name elsewhere && echo "moved $name"
          ln -sfn /tmp $name && [ -L $name ] && echo "replaced $name"
          mkdir -p $(dirname $name) && echo evil > new && mv -fT new $name && echo "over $name"
          cp -l .git/config linked && echo "linked"
        done 2> /dev/null
        mv .git aside 2> /dev/null && echo "moved .git"
        mv deep aside 2> /dev/null && echo "moved deep"
        rm -f new elsewhere; echo done
        """;

    try (var commands = box.confined()) {
      assertEquals("done\n", box.run(commands, attacks));
    }

    assertEquals(before, tree());
  }

  @Test
  void mountPointsAreKeptWhileAnotherCommandNeedsThem() throws Exception {
    box.guard("AGENTS.md");
    try (var commands = box.confined()) {
      var job = commands.start(box.order("sleep 60"), new HeadAndTail());
      assertTrue(Files.isDirectory(box.workspace.resolve("AGENTS.md")));

      box.run(commands, "true");
      assertTrue(Files.isDirectory(box.workspace.resolve("AGENTS.md")));

      job.stop(new CommandEnd.Stopped());
      assertFalse(Files.exists(box.workspace.resolve("AGENTS.md")));
    }
  }

  @Test
  void mountPointsOfAKilledProcessAreRemovedByTheNext() throws Exception {
    box.guard("AGENTS.md", "CLAUDE.md");
    // A killed process closes nothing: only its list and its folders stay.
    var list = new MountPoints(box.data.resolve("killed"));
    list.hold(box.workspace).make(List.of(box.workspace.resolve("AGENTS.md")));
    var left = onlyFile(box.data.resolve("killed"));
    Files.createDirectories(box.data.resolve("points"));
    Files.copy(left, box.data.resolve("points").resolve(left.getFileName()));

    box.points.tidy();

    assertFalse(Files.exists(box.workspace.resolve("AGENTS.md")));
  }

  @Test
  void whatSomebodyFilledMeanwhileStays() throws Exception {
    try (var held = box.points.hold(box.workspace)) {
      held.make(List.of(box.workspace.resolve(".vscode")));
      Files.writeString(box.workspace.resolve(".vscode/mine"), "mine");
    }

    assertEquals("mine", Files.readString(box.workspace.resolve(".vscode/mine")));
  }

  @Test
  void guardedLinkIsPutBack() throws Exception {
    box.guard("CLAUDE.md");
    Files.writeString(box.workspace.resolve("notes.md"), "mine");
    Files.createSymbolicLink(box.workspace.resolve("CLAUDE.md"), Path.of("notes.md"));

    try (var commands = box.confined()) {
      var said = box.run(commands, "echo evil > notes.md; rm CLAUDE.md && echo evil > CLAUDE.md");

      assertTrue(said.endsWith("the link CLAUDE.md is protected and was put back"), said);
    }
    assertEquals(Path.of("notes.md"), Files.readSymbolicLink(box.workspace.resolve("CLAUDE.md")));
    assertEquals("mine", Files.readString(box.workspace.resolve("CLAUDE.md")));
  }

  @Test
  void readOnlyWorkspaceStaysAsItIs() throws Exception {
    Files.writeString(box.workspace.resolve("file"), "mine");
    var before = tree();
    var script =
        "cat file; echo x > file; rm -f file; touch y; mkdir z; echo t > /tmp/t; cat /tmp/t";

    try (var commands = box.confined()) {
      var said = box.run(commands, box.order(script, Network.NONE, Access.READ_ONLY));

      assertTrue(said.startsWith("mine") && said.endsWith("t\n"), said);
    }
    assertEquals(before, tree());
  }

  @Test
  void cachesAreWrittenInALayerThatIsGoneAfterwardsAndShowNoCredentials() throws Exception {
    var cargo = Files.createDirectories(box.home.resolve(".cargo/registry"));
    Files.writeString(cargo.resolve("index"), "mine");
    Files.writeString(box.home.resolve(".cargo/credentials.toml"), "canary");
    Files.createDirectories(box.home.resolve(".m2/repository"));
    Files.writeString(box.home.resolve(".m2/settings.xml"), "canary");

    try (var walls = box.walls();
        var commands = new Commands(walls, box.environment(), 1)) {
      var said =
          box.run(
              commands,
              "cd ~/.cargo; cat registry/index credentials.toml; cat ~/.m2/settings.xml;"
                  + " (echo x > registry/index) 2>/dev/null; echo x > ~/.m2/repository/new");

      assertTrue(said.startsWith("mine"), said);
      assertFalse(said.contains("canary"), said);
    }
    assertEquals("mine", Files.readString(cargo.resolve("index")));
    assertFalse(Files.exists(box.home.resolve(".m2/repository/new")));
  }

  @Test
  void commandsOfASessionShareATemporaryFolderOfTheirOwn() throws Exception {
    try (var walls = box.walls();
        var commands = new Commands(walls, box.environment(), 1)) {
      assertEquals("", box.run(commands, "echo kept > /tmp/mimo-kept"));
      assertEquals("kept\n/tmp\n", box.run(commands, "cat /tmp/mimo-kept; echo $TMPDIR"));
    }

    assertFalse(Files.exists(Path.of("/tmp/mimo-kept")));
    assertFalse(Files.exists(box.data.resolve("scratch")));
  }

  @Test
  void noProcessOutlivesTheCommand() throws Exception {
    try (var commands = box.confined()) {
      var script = "for i in 1 2 3; do setsid nohup sleep 61.25 & done; (sleep 61.25 &); echo up";

      assertEquals("up\n", box.run(commands, script));
    }

    assertEquals(0, sleeping("61.25"));
  }

  @Test
  void commandDoesNotSeeOtherProcesses() throws Exception {
    try (var commands = box.confined()) {
      var own = ProcessHandle.current().pid();

      assertEquals("hidden\n", box.run(commands, "kill -0 " + own + " 2>/dev/null || echo hidden"));
    }
  }

  @Test
  void trialLeavesNothingAndTheWallsCanBeUsed() throws Exception {
    var walls = box.walls();
    var chosen = ChosenConfinement.choose(walls, new Unconfined(null));

    assertFalse(Files.exists(box.data.resolve("scratch")));
    try (var commands = new Commands(chosen.confinement(), box.environment(), 1)) {
      assertEquals("kept\n", box.run(commands, "echo kept > /tmp/x; cat /tmp/x"));
    }
    walls.close();
  }

  @Test
  void scratchFoldersAreNamedAnewAndSweptWhenTheirProcessIsGone() throws Exception {
    var scratch = new ScratchFolders(box.data.resolve("scratches"), new Random(1));
    var mine = Files.createDirectories(scratch.fresh());
    var left = Files.createDirectories(mine.resolveSibling("999999999999-1"));
    assertNotEquals(mine, new ScratchFolders(box.data.resolve("scratches"), new Random(2)).fresh());

    scratch.sweep(Instant.now());
    assertTrue(Files.exists(left));
    scratch.sweep(Instant.now().plus(Duration.ofDays(3)));

    assertTrue(Files.exists(mine));
    assertFalse(Files.exists(left));
  }

  @Test
  void wallsThatDoNotComeUpAreAnErrorAndNothingRuns() throws Exception {
    var broken = Path.of("/bin/false");
    var layout =
        new SandboxLayout(box.workspace, box.home, List.of(), List.of(), List.of(), Network.NONE);

    try (var walls = new Bubblewrap(broken, layout, box.points, box.data.resolve("s"));
        var commands = new Commands(walls, box.environment(), 1)) {
      assertEquals("it ended with exit code 1", walls.fault());
      assertEquals(
          "NotStarted[why=the sandbox did not start]", box.run(commands, "echo ran > ran"));
    }
    assertFalse(Files.exists(box.workspace.resolve("ran")));
  }

  @Test
  void workspaceThatHoldsTheHomeCannotBeConfined() throws Exception {
    var layout =
        new SandboxLayout(box.root, box.home, List.of(), List.of(), List.of(), Network.NONE);

    try (var walls = new Bubblewrap(Sandboxes.BWRAP, layout, box.points, box.data.resolve("s"))) {
      assertEquals(
          "the workspace %s holds your home folder, so nothing could be hidden".formatted(box.root),
          walls.fault());
    }
  }

  @Test
  void ofAHiddenFolderThatHoldsTheWorkspaceNothingElseIsSeen() throws Exception {
    box.walls().close();
    var workspace = Files.createDirectories(box.data.resolve("worktrees/w1"));
    Files.createDirectories(box.data.resolve("worktrees/w2"));
    var layout =
        new SandboxLayout(
            workspace, box.home, List.of(box.data), List.of(), List.of(), Network.NONE);

    try (var walls =
            new Bubblewrap(Sandboxes.BWRAP, layout, box.points, box.data.resolve("scratch"));
        var commands = new Commands(walls, box.environment(), 1)) {
      var sink = new HeadAndTail();
      var argv =
          List.of(Sandboxes.BASH.toString(), "-c", "echo x > made; ls . ..; touch ../y || echo no");
      var order = new CommandOrder(argv, workspace, Network.NONE, CommandOrder.Access.WRITABLE);
      commands.run(order, sink, Duration.ofSeconds(20), CancellationToken.never());

      assertEquals("", walls.fault());
      var said = sink.text();
      assertEquals(".:\nmade\n\n..:\nw1\n", said.substring(0, said.indexOf("touch")));
      assertTrue(said.endsWith("no\n"), said);
    }
    assertEquals("x\n", Files.readString(workspace.resolve("made")));
  }

  @Test
  void proofHoldsWithWallsAndFailsWithoutThem() throws Exception {
    var canary = Files.writeString(box.home.resolve(".secret"), "canary");
    var proof = new SandboxProof(Sandboxes.BASH, box.workspace, box.home, canary);

    try (var confined = box.confined();
        var plain = box.plain()) {
      assertEquals(List.of(), proof.faults(confined));
      assertEquals(
          List.of(
              "a write outside the workspace succeeded",
              "the home folder can be read",
              "a connection was made"),
          proof.faults(plain));
    }
    assertFalse(Files.exists(box.home.resolve("sandbox-proof")));
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private long sleeping(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains("sleep " + seconds))
        .filter(ProcessHandle::isAlive)
        .count();
  }

  /// Every path of the workspace with its kind and content.
  private List<String> tree() throws IOException {
    try (var paths = Files.walk(box.workspace)) {
      return paths.sorted().map(BubblewrapTest::line).toList();
    }
  }

  private static String line(Path path) {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          ? path + ": " + Files.readString(path)
          : path.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
