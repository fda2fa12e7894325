package mimo.agent.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.GitCommand;
import mimo.agent.snapshot.Worktrees.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorktreesTest {

  private static final Path GIT = Path.of("/usr/bin/git");

  @TempDir Path folder;
  private Path workspace;
  private GitCommand git;
  private Worktrees worktrees;

  @BeforeEach
  void make() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    workspace = Files.createDirectories(folder.toRealPath().resolve("workspace"));
    var own = Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString());
    git = new GitCommand(GIT, ChildEnvironment.of(own, List.of(), Set.of(), List.of()));
    worktrees = worktrees();
    Files.writeString(workspace.resolve("file"), "committed");
    Files.writeString(workspace.resolve(".gitignore"), "target\n");
    git.call(workspace, "init", "-q").orThrow();
    git.call(workspace, "config", "user.email", "a@example.org").orThrow();
    git.call(workspace, "config", "user.name", "A").orThrow();
    git.call(workspace, "add", "-A").orThrow();
    git.call(workspace, "commit", "-q", "-m", "first").orThrow();
  }

  private Worktrees worktrees() throws IOException {
    return new Worktrees(git, workspace, folder.toRealPath().resolve("data"));
  }

  private String branches() throws Exception {
    return git.call(workspace, "branch", "--list", "mimo/*", "--format=%(refname:short)").line();
  }

  @Test
  void beginsAsTheLastCommit() throws Exception {
    Files.writeString(workspace.resolve("file"), "not committed");

    var worktree = worktrees.open("run-1");

    assertEquals("committed", Files.readString(worktree.directory().resolve("file")));
    assertEquals("mimo/run-1", branches());
  }

  @Test
  void isRemovedWhenNothingWasChanged() throws Exception {
    var worktree = worktrees.open("run-1");
    Files.createDirectories(worktree.directory().resolve("target"));

    assertEquals(new Outcome.Removed(), worktree.succeeded());

    assertFalse(Files.exists(worktree.directory()));
    assertEquals("", branches());
  }

  @Test
  void isRemovedWhenItsAgentFailed() throws Exception {
    var worktree = worktrees.open("run-1");
    Files.writeString(worktree.directory().resolve("new"), "x");

    assertEquals(new Outcome.Removed(), worktree.failed());

    assertFalse(Files.exists(worktree.directory()));
    assertEquals("", branches());
  }

  @Test
  void isKeptWithItsChangesWhenItsAgentSucceeded() throws Exception {
    var worktree = worktrees.open("run-1");
    Files.writeString(worktree.directory().resolve("new"), "x");
    Files.writeString(worktree.directory().resolve("file"), "x");
    git.call(worktree.directory(), "commit", "-q", "-a", "-m", "second").orThrow();

    var outcome = worktree.succeeded();

    assertEquals(
        new Outcome.Kept("mimo/run-1", worktree.directory(), List.of("file", "new")), outcome);
    assertEquals("x", Files.readString(worktree.directory().resolve("new")));
    assertEquals(List.of(), worktrees.recover());
    assertTrue(Files.exists(worktree.directory()));
  }

  @Test
  void whatAKilledProcessLeftIsKeptIfItIsNew() throws Exception {
    killed("used");
    killed("unused");
    Files.writeString(folder("used").resolve("new"), "x");

    var kept = worktrees.recover();

    assertEquals(List.of(new Outcome.Kept("mimo/used", folder("used"), List.of("new"))), kept);
    assertFalse(Files.exists(folder("unused")));
    assertEquals("mimo/used", branches());
  }

  /// A killed process closes nothing, but its locks are gone.
  private void killed(String name) throws Exception {
    var opened = worktrees().open(name);
    var owned = opened.directory().resolveSibling(name + ".owned");
    var start = Files.readString(owned);
    Files.delete(owned);
    Files.writeString(owned, start);
  }

  private Path folder(String name) throws IOException {
    try (var all = Files.list(folder.toRealPath().resolve("data"))) {
      return all.findFirst().orElseThrow().resolve(name);
    }
  }

  @Test
  void oneInUseIsLeftAlone() throws Exception {
    var worktree = worktrees.open("run-1");

    assertEquals(List.of(), worktrees.recover());

    assertTrue(Files.exists(worktree.directory()));
    assertThrows(IOException.class, () -> worktrees.open("run-1"));
  }

  @Test
  void checkoutRunsNothingOfTheRepository() throws Exception {
    var canary = folder.toRealPath().resolve("canary");
    var hook = Files.writeString(workspace.resolve(".git/hooks/post-checkout"), "touch " + canary);
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (var part : List.of("smudge", "clean", "process")) {
      git.call(workspace, "config", "filter.evil." + part, "touch " + canary).orThrow();
    }
    git.call(workspace, "config", "filter.evil.required", "true").orThrow();
    git.call(workspace, "config", "core.fsmonitor", "touch " + canary).orThrow();
    Files.writeString(workspace.resolve(".git/info/attributes"), "* filter=evil\n");

    var worktree = worktrees.open("run-1");
    Files.writeString(worktree.directory().resolve("file"), "changed");
    worktree.succeeded();

    assertFalse(Files.exists(canary));
  }

  @Test
  void needsARepositoryWithACommit() throws Exception {
    var bare = Files.createDirectories(folder.toRealPath().resolve("bare"));
    var none = new Worktrees(git, bare, folder.resolve("data"));

    assertThrows(IOException.class, () -> none.open("run-1"));
    assertThrows(IllegalArgumentException.class, () -> worktrees.open("../x"));
  }
}
