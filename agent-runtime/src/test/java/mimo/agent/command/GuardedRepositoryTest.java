package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.command.CommandOrder.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// S31: what a command leaves in a repository runs nothing when the user calls git next.
class GuardedRepositoryTest {

  private static final String NAMED = "export GIT_AUTHOR_NAME=n GIT_AUTHOR_EMAIL=e@x ";
  private static final String AS_SOMEBODY =
      NAMED + "GIT_COMMITTER_NAME=n GIT_COMMITTER_EMAIL=e@x; ";

  @TempDir Path folder;
  private Sandboxes box;

  @BeforeEach
  void make() throws Exception {
    box = new Sandboxes(folder);
    box.guard(".git/hooks", ".git/config");
    onHost(
        box.workspace, "git init -q --template= . && echo a > a && git add a && git commit -qm a");
  }

  @Test
  void repositoryCannotBeSaidToBeElsewhere() throws Exception {
    var attack =
        """
        cp -r .git build; printf '[core]\\nfsmonitor = "touch %s/ran"\\n' >> build/config
        (echo ../build > .git/commondir) 2> /dev/null
        rm -f .git/commondir 2> /dev/null && echo removed
        mv -f build/HEAD .git/commondir 2> /dev/null && echo moved
        (echo x > .git/config.worktree) 2> /dev/null && echo settings
        (mkdir -p .git/modules/new) 2> /dev/null && echo module
        (mkdir -p .git/hooks && touch .git/hooks/pre-commit) 2> /dev/null && echo hook
        rm -rf build; echo done
        """
            .formatted(box.root);

    try (var commands = box.confined()) {
      assertEquals("done\n", box.run(commands, attack));
    }

    assertEquals("", onHost(box.workspace, "git status --porcelain"));
    assertEquals(List.of("HEAD", "config", "index", "logs", "objects", "refs"), repository());
    assertFalse(Files.exists(box.root.resolve("ran")));
  }

  @Test
  void gitWorksWithinAndBesideACommand() throws Exception {
    try (var commands = box.confined()) {
      var job = commands.start(box.order("sleep 60"), new HeadAndTail());
      assertEquals(".\n", Files.readString(box.workspace.resolve(".git/commondir")));

      var script = "echo b > b && git add b && git commit -qm b && git checkout -qb c && git gc -q";
      assertEquals("", box.run(commands, AS_SOMEBODY + script));
      assertEquals(
          "b\na\n",
          onHost(
              box.workspace,
              "git worktree add -q ../beside && git worktree remove ../beside && git stash list"
                  + " && git log --format=%s"));

      job.stop(new CommandEnd.Stopped());
    }
    assertFalse(Files.exists(box.workspace.resolve(".git/commondir")));
    assertEquals("b\na\n", onHost(box.workspace, "git fsck && git log --format=%s"));
  }

  @Test
  void submodulesAreCommittedToButTheirSettingsStay() throws Exception {
    onHost(
        box.workspace,
        "git init -q ../other && (cd ../other && echo o > o && git add o && git commit -qm o)"
            + " && git -c protocol.file.allow=always submodule add -q ../other sub");
    var script =
        """
        cd sub && echo p > p && git add p && git commit -qm p && git log --format=%s
        cd ../.git/modules/sub
        for name in config config.worktree commondir hooks/pre-commit; do
          (mkdir -p $(dirname $name); echo x >> $name) 2> /dev/null && echo "written $name"
        done
        mkdir ../evil 2> /dev/null && echo module
        mv ../sub ../aside 2> /dev/null && echo moved
        echo done
        """;

    try (var commands = box.confined()) {
      assertEquals("p\no\ndone\n", box.run(commands, AS_SOMEBODY + script));
    }
    assertEquals("", onHost(box.workspace.resolve("sub"), "git status --porcelain"));
    assertFalse(Files.exists(box.workspace.resolve(".git/modules/sub/commondir")));
  }

  @Test
  void ofManySubmodulesThoseBeyondTheLimitAreReadOnly() throws Exception {
    var modules = Files.createDirectories(box.workspace.resolve(".git/modules"));
    for (int i = 0; i <= AgentLimits.GUARDED_MODULES; i++) {
      Files.writeString(
          Files.createDirectory(modules.resolve("m%03d".formatted(i))).resolve("HEAD"), "x");
    }

    var names = GitNames.in(box.workspace.resolve(".git"));

    assertTrue(names.contains(Path.of("modules/m049/commondir")));
    assertFalse(names.stream().anyMatch(name -> name.startsWith("modules/m050")));
    assertTrue(names.contains(Path.of("modules")));
  }

  @Test
  void worktreesKeepTheirRepository() throws Exception {
    onHost(box.workspace, "git worktree add -q ../linked");
    var attack =
        """
        cd .git/worktrees/linked
        for name in commondir gitdir config.worktree; do
          (echo x > $name) 2> /dev/null && echo "written $name"
        done
        cd ..; mv linked aside 2> /dev/null && echo moved
        echo done
        """;

    try (var commands = box.confined()) {
      assertEquals("done\n", box.run(commands, attack));
    }
    assertFalse(Files.exists(box.workspace.resolve(".git/worktrees/linked/config.worktree")));
  }

  @Test
  void fromALinkedWorktreeTheRepositoryGetsNoHooksOrSettings() throws Exception {
    onHost(box.workspace, "git worktree add -q ../linked");
    var linked = box.home.resolve("linked");
    var common = box.workspace.resolve(".git");
    var attack =
        AS_SOMEBODY
            + """
            cd %s
            for name in hooks/pre-commit commondir config config.worktree modules/x/config \
                worktrees/linked/commondir worktrees/linked/config.worktree; do
              (mkdir -p $(dirname $name); echo x >> $name) 2> /dev/null && echo "written $name"
            done
            cd - > /dev/null; echo b > b && git add b && git commit -qm b && git log --format=%%s
            """
                .formatted(common);
    var layout = new SandboxLayout(linked, box.home, List.of(), List.of(), List.of(), Network.NONE);

    box.walls().close();
    try (var walls =
            new Bubblewrap(Sandboxes.BWRAP, layout, box.points, box.data.resolve("scratch"));
        var commands = new Commands(walls, box.environment(), 1)) {
      assertEquals("b\na\n", box.run(commands, box.orderIn(linked, attack)));
    }
    assertEquals(
        List.of("HEAD", "config", "index", "logs", "objects", "refs", "worktrees"), repository());
    assertEquals("", onHost(box.workspace, "git status --porcelain"));
  }

  @Test
  void mountPointsInARepositoryAreKeptWhileAnotherWorkspaceNeedsThem() throws Exception {
    onHost(box.workspace, "git worktree add -q ../linked");
    var linked = box.home.resolve("linked");
    var layout = new SandboxLayout(linked, box.home, List.of(), List.of(), List.of(), Network.NONE);

    try (var main = box.confined();
        var walls = new Bubblewrap(Sandboxes.BWRAP, layout, box.points, box.data.resolve("s"));
        var commands = new Commands(walls, box.environment(), 1)) {
      var job = main.start(box.order("sleep 60"), new HeadAndTail());
      assertEquals("", box.run(commands, box.orderIn(linked, "true")));

      assertTrue(Files.isDirectory(box.workspace.resolve(".git/hooks")));
      job.stop(new CommandEnd.Stopped());
    }
    assertFalse(Files.exists(box.workspace.resolve(".git/hooks")));
  }

  private List<String> repository() throws IOException {
    try (var files = Files.list(box.workspace.resolve(".git"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("COMMIT_EDITMSG"))
          .sorted()
          .toList();
    }
  }

  /// What the user does, who has no walls.
  private String onHost(Path where, String script) throws Exception {
    try (var commands = box.plain()) {
      return box.run(commands, box.orderIn(where, "set -e; " + AS_SOMEBODY + script + " 2>&1"));
    }
  }
}
