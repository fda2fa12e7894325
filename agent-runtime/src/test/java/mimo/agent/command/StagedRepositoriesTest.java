package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedRepositoriesTest {

  private static final Path GIT = Path.of("/usr/bin/git");

  @TempDir Path folder;
  private Sandboxes box;
  private GitCommand git;

  @BeforeEach
  void make() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    box = new Sandboxes(folder);
    git = new GitCommand(GIT, box.environment());
    repository(box.workspace);
  }

  private void repository(Path at) throws Exception {
    Files.createDirectories(at);
    git.call(at, "init", "-q", "-b", "main").orThrow();
    git.call(at, "config", "user.email", "a@example.org").orThrow();
    git.call(at, "config", "user.name", "A").orThrow();
    Files.writeString(at.resolve("file"), "one");
    git.call(at, "add", "--", "file").orThrow();
    git.call(at, "commit", "-q", "-m", "first").orThrow();
  }

  private StagedRepositories staged() throws Exception {
    return StagedRepositories.in(git, box.workspace).orElseThrow();
  }

  private String indexed() throws Exception {
    return git.call(box.workspace, "ls-files").orThrow().output();
  }

  /// S47: the user's own git, with everything on, does not hear of the repository.
  @Test
  void takesOutWhatWasAddedSoThatTheUsersGitDoesNotObeyIt() throws Exception {
    var canary = box.root.resolve("canary");
    var staged = staged();
    var nested = box.workspace.resolve("nested\nhere");
    repository(nested);
    git.call(nested, "config", "core.fsmonitor", "touch " + canary + "; false").orThrow();
    git.call(box.workspace, "add", "--", nested.getFileName().toString()).orThrow();
    status();
    assertTrue(Files.deleteIfExists(canary), "the attack does not work without the cure");

    assertEquals(List.of("nested\nhere"), staged.takeOut());

    status();
    assertFalse(Files.exists(canary));
    assertEquals("file\n", indexed());
    assertTrue(Files.exists(nested.resolve("file")));
    assertEquals(List.of(), staged.takeOut());
  }

  private void status() throws Exception {
    var process = new ProcessBuilder(GIT.toString(), "status").directory(box.workspace.toFile());
    process.redirectErrorStream(true).redirectOutput(box.root.resolve("log").toFile());
    assertEquals(0, process.start().waitFor());
  }

  @Test
  void leavesWhatWasThereBeforeAndGuardsWhereItSaysItIs() throws Exception {
    repository(box.workspace.resolve("module"));
    git.call(box.workspace, "add", "--", "module").orThrow();
    var staged = staged();
    Files.writeString(box.workspace.resolve("other"), "two");
    git.call(box.workspace, "add", "--", "other").orThrow();

    assertEquals(List.of(), staged.takeOut());

    assertEquals("file\nmodule\nother\n", indexed());
    assertEquals(List.of(Path.of("module/.git")), staged.guarded());
  }

  @Test
  void isNothingOutsideARepository() throws Exception {
    var plain = Files.createDirectories(box.root.resolve("plain"));

    assertEquals(Optional.empty(), StagedRepositories.in(git, plain));
  }
}
