package mimo.agent.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many programs a state of the files costs, and that none of those saved was needed.
class SnapshotCostTest {

  private static final Path GIT = Path.of("/usr/bin/git");

  @TempDir Path folder;
  private Path workspace;
  private Path data;
  private Snapshots snapshots;

  @BeforeEach
  void make() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    workspace = Files.createDirectories(folder.toRealPath().resolve("workspace"));
    data = folder.toRealPath().resolve("data");
    snapshots = by(GIT);
  }

  private Snapshots by(Path git) {
    var own = Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString());
    var command = new GitCommand(git, ChildEnvironment.of(own, List.of(), Set.of(), List.of()));
    return new Snapshots(command, workspace, data, List.of());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(workspace.resolve(name), text);
  }

  /// Git, called by a script that notes which of its commands it is asked for, and fails at one.
  private Snapshots noting(String failing) throws IOException {
    var script = folder.toRealPath().resolve("noting-git");
    Files.writeString(
        script,
        """
        #!/bin/sh
        for word in "$@"; do
          case $word in ls-files|update-index|write-tree|init|config) echo "$word" >> %s
            [ "$word" = "%s" ] && exit 1 ;; esac
        done
        exec %s "$@"
        """
            .formatted(folder.toRealPath().resolve("noted"), failing, GIT));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return by(script);
  }

  private List<String> noted() throws IOException {
    var file = folder.resolve("noted");
    var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
    Files.deleteIfExists(file);
    return lines;
  }

  @Test
  void stateThatDidNotChangeStartsOneProgramA63() throws Exception {
    var counted = noting("none");
    write("a", "1");

    var first = counted.take();
    assertEquals(List.of("ls-files", "update-index", "write-tree"), noted());

    assertEquals(first, counted.take());
    assertEquals(List.of("ls-files"), noted());

    write("a", "2");
    var _ = counted.take();
    assertEquals(List.of("ls-files", "update-index", "write-tree"), noted());
  }

  @Test
  void stateIsNotTakenForAnotherAfterACrashA63() throws Exception {
    write("a", "1");
    var first = snapshots.take();
    write("a", "2");
    var cut = noting("write-tree");
    assertThrows(IOException.class, cut::take);

    var second = snapshots.take();

    assertNotEquals(first.tree(), second.tree());
    assertEquals(
        List.of("a"),
        snapshots.difference(first.tree(), second.tree()).stream().map(ChangedFile::path).toList());
  }

  @Test
  void stateThatIsGoneIsMadeAnewA63() throws Exception {
    write("a", "1");
    var first = snapshots.take();
    var name = first.tree();
    try (var all = Files.walk(data)) {
      Files.delete(all.filter(path -> path.endsWith(name.substring(2))).findFirst().orElseThrow());
    }

    assertEquals(first, snapshots.take());
    assertTrue(snapshots.holds(name));
  }
}
