package mimo.agent.command;

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
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommandTest {

  private static final Path GIT = Path.of("/usr/bin/git");

  @TempDir Path folder;
  private Sandboxes box;
  private GitCommand git;

  @BeforeEach
  void make() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    box = new Sandboxes(folder);
    git = new GitCommand(GIT, box.environment());
    git.call(box.workspace, "init", "-q", "-b", "main").orThrow();
    git.call(box.workspace, "config", "user.email", "a@example.org").orThrow();
    git.call(box.workspace, "config", "user.name", "A").orThrow();
    Files.writeString(box.workspace.resolve("file"), "one\n");
    git.call(box.workspace, "add", "--", "file").orThrow();
    git.call(box.workspace, "commit", "-q", "-m", "first").orThrow();
  }

  /// S47: what a repository's own configuration would have git run.
  @Test
  void runsNothingARepositoryNames() throws Exception {
    var canary = box.root.resolve("canary");
    var evil = "touch " + canary + "; false";
    for (var name :
        List.of(
            "core.fsmonitor",
            "core.pager",
            "core.editor",
            "core.sshCommand",
            "core.askPass",
            "diff.external",
            "credential.helper",
            "pager.log",
            "sequence.editor")) {
      git.call(box.workspace, "config", name, evil).orThrow();
    }
    git.call(box.workspace, "config", "core.hooksPath", box.workspace + "/hooks").orThrow();
    for (var hook : List.of("pre-commit", "post-commit", "post-checkout", "commit-msg")) {
      for (var where : List.of("hooks", ".git/hooks")) {
        var file = box.workspace.resolve(where).resolve(hook);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + evil + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    Files.writeString(box.workspace.resolve("file"), "two\n");

    git.call(box.workspace, "status", "--porcelain").orThrow();
    git.call(box.workspace, "diff", "--stat").orThrow();
    git.call(box.workspace, "log", "-1").orThrow();
    git.call(box.workspace, "commit", "-q", "-a", "-m", "second").orThrow();
    git.call(box.workspace, "checkout", "-q", "-b", "other").orThrow();
    var fetched = git.call(box.workspace, "fetch", "-q", "--", "ext::sh -c '" + evil + "'");

    assertFalse(fetched.code() == 0);
    assertFalse(Files.exists(canary));
  }

  @Test
  void readsNoVariablesAndNoConfigurationOfTheUser() throws Exception {
    Files.writeString(box.home.resolve(".gitconfig"), "[alias]\n  x = !echo mine\n");
    var own =
        Map.of(
            "PATH",
            "/usr/bin:/bin",
            "HOME",
            box.home.toString(),
            "GIT_DIR",
            "/nowhere",
            "LC_ALL",
            "de_DE");
    var environment = ChildEnvironment.of(own, List.of("GIT_DIR"), Set.of(), List.of());

    var named = new GitCommand(GIT, environment).call(box.workspace, "rev-parse", "--git-dir");

    assertEquals(".git", named.orThrow().line());
    assertFalse(new GitCommand(GIT, environment).call(box.workspace, "x").code() == 0);
  }

  /// S46: names that look like options, globs or several arguments.
  @Test
  void namesStayNames() throws Exception {
    for (var name : List.of("--output=stolen", "-q", "*", ":(top)x", "a b", "$(touch x)", "a\nb")) {
      Files.writeString(box.workspace.resolve(name), "x");
      git.call(box.workspace, "add", "--", name).orThrow();

      var added = git.call(box.workspace, "diff", "--cached", "--name-only", "-z", "--", name);

      assertEquals(List.of(name), added.orThrow().parts());
    }
    assertFalse(Files.exists(box.workspace.resolve("stolen")));
  }

  @Test
  void refusalIsAnAnswerOrAnException() throws Exception {
    var answer = git.call(box.workspace, "rev-parse", "--verify", "nothing");

    assertEquals(128, answer.code());
    var thrown = assertThrows(IOException.class, answer::orThrow);
    assertEquals(
        "git ended with exit code 128: fatal: Needed a single revision", thrown.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new GitCommand(Path.of("git"), box.environment()));
  }

  @Test
  void worksInASandboxedWorktreeWhoseHooksStay() throws Exception {
    var common = box.workspace.resolve(".git");
    var linked = box.home.resolve("linked");
    git.call(box.workspace, "worktree", "add", "-q", "--", linked.toString()).orThrow();
    var layout =
        new SandboxLayout(
            linked,
            box.home,
            List.of(),
            List.of(),
            List.of(Path.of(".git/hooks"), Path.of(".git/config")),
            Network.NONE);
    box.walls().close();
    var script =
        "echo two > file && git commit -q -a -m second && git log --format=%s; "
            + "for f in "
            + common
            + "/config "
            + common
            + "/hooks/x .git; do (echo evil > $f) 2>/dev/null && echo written $f; done; echo done";

    try (var walls = new Bubblewrap(Sandboxes.BWRAP, layout, box.points, box.data.resolve("s"));
        var commands = new Commands(walls, box.environment(), 1)) {
      var argv = List.of(Sandboxes.BASH.toString(), "-c", script);
      var order = new CommandOrder(argv, linked, Network.NONE, Access.WRITABLE);

      assertEquals("second\nfirst\ndone\n", box.run(commands, order));
    }
  }

  @Test
  void linkThatIsNotMutualLeadsNowhere() throws Exception {
    var thief = Files.createDirectories(box.home.resolve("thief"));
    var linked = box.home.resolve("linked");
    git.call(box.workspace, "worktree", "add", "-q", "--", linked.toString()).orThrow();
    Files.copy(linked.resolve(".git"), thief.resolve(".git"));

    assertTrue(GitLink.of(linked).isPresent());
    assertTrue(GitLink.of(thief).isEmpty());
    assertTrue(GitLink.of(box.workspace).isEmpty());
    Files.writeString(thief.resolve(".git"), "gitdir: " + box.workspace + "/.git\n");
    assertTrue(GitLink.of(thief).isEmpty());
  }

  @Test
  void programsAreNotTakenFromTheWorkspace() throws Exception {
    var planted = Files.createDirectories(box.workspace.resolve("bin")).resolve("tool");
    Files.copy(Path.of("/bin/true"), planted);
    var path = ".:bin:" + box.workspace + "/bin:" + box.home + "/../home/project/bin:\0";

    var programs = TrustedPrograms.of(path, box.workspace);

    assertTrue(programs.find("tool").isEmpty());
    assertEquals(GIT, programs.find("git").orElseThrow());
  }
}
