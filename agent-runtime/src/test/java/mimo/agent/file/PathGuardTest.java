package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A48, S26, S37–S40, L58.
class PathGuardTest {

  @TempDir Path temp;
  private Path workspace;
  private PathGuard guard;

  @BeforeEach
  void prepare() throws IOException {
    workspace = Files.createDirectory(temp.resolve("work"));
    Files.createDirectories(workspace.resolve("src/deep"));
    Files.writeString(workspace.resolve("src/a.txt"), "inside");
    Files.createDirectory(temp.resolve("work-sibling"));
    Files.writeString(temp.resolve("work-sibling/secret.txt"), "outside");
    guard = PathGuard.over(workspace);
  }

  @Test
  void findsFilesAndFoldersInside() {
    var file = guard.locate("src/a.txt");
    var folder = guard.locate("src/deep/");
    var whole = guard.locate(".");

    assertEquals(new Location.Inside("src/a.txt", Path.of("src/a.txt"), Location.Kind.FILE), file);
    assertEquals(
        new Location.Inside("src/deep/", Path.of("src/deep"), Location.Kind.FOLDER), folder);
    assertEquals(new Location.Inside(".", Path.of(""), Location.Kind.FOLDER), whole);
  }

  @Test
  void saysWhatIsMissingInside() {
    assertEquals(new Location.Missing("none"), guard.locate("none"));
    assertEquals(new Location.Missing("none/at/all"), guard.locate("none/at/all"));
    assertEquals(new Location.Missing("src/a.txt/below"), guard.locate("src/a.txt/below"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        "../work-sibling/secret.txt",
        "src/../../work-sibling",
        "src/..",
        "a\0b",
        "/",
        "//etc/passwd",
        "./../work-sibling/secret.txt"
      })
  void refusesWhatLeavesByItsText(String path) {
    assertInstanceOf(Location.Refused.class, guard.locate(path));
  }

  @Test
  void refusesLongNamesAndLongPaths() {
    assertInstanceOf(Location.Refused.class, guard.locate("n".repeat(5_000)));
    assertInstanceOf(Location.Refused.class, guard.locate("n".repeat(300)));
    assertInstanceOf(Location.Refused.class, guard.locate("a/".repeat(2_040) + "n".repeat(300)));
  }

  @Test
  void refusesLinksThatLeadOut() throws IOException {
    Files.createSymbolicLink(workspace.resolve("out"), temp.resolve("work-sibling"));
    Files.createSymbolicLink(workspace.resolve("file"), Path.of("../work-sibling/secret.txt"));

    assertEquals(
        new Location.Refused("'out/secret.txt' leads out of the workspace"),
        guard.locate("out/secret.txt"));
    assertInstanceOf(Location.Refused.class, guard.locate("out"));
    assertInstanceOf(Location.Refused.class, guard.locate("file"));
    assertInstanceOf(Location.Refused.class, guard.locate("out/none"));
  }

  @Test
  void refusesWhatCannotBeResolved() throws IOException {
    Files.createSymbolicLink(workspace.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(workspace.resolve("ping"), Path.of("pong"));
    Files.createSymbolicLink(workspace.resolve("pong"), Path.of("ping"));
    Files.createSymbolicLink(workspace.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(workspace.resolve("dangling-out"), temp.resolve("nowhere"));

    for (var path : new String[] {"loop", "ping/x", "dangling", "dangling-out", "dangling/x"}) {
      assertEquals(new Location.Refused("'" + path + "' cannot be resolved"), guard.locate(path));
    }
  }

  @Test
  void refusesPipesAndDevices() throws Exception {
    var made = new ProcessBuilder("mkfifo", workspace.resolve("pipe").toString()).start();
    assumeTrue(made.waitFor() == 0, "mkfifo does not work here");
    Files.createSymbolicLink(workspace.resolve("null"), Path.of("/dev/null"));

    assertEquals(
        new Location.Refused("'pipe' is neither a plain file nor a folder"), guard.locate("pipe"));
    assertInstanceOf(Location.Refused.class, guard.locate("null"));
  }

  @Test
  void refusesWhatLiesBehindAnUnreadableFolder() throws IOException {
    var locked = Files.createDirectory(workspace.resolve("locked"));
    Files.writeString(locked.resolve("file"), "x");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    boolean obeyed = !Files.isReadable(locked);

    var located = guard.locate("locked/file");
    var missing = guard.locate("locked/none");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));

    assumeTrue(obeyed, "this user reads everything, permissions or not");
    assertInstanceOf(Location.Refused.class, located);
    assertInstanceOf(Location.Refused.class, missing);
  }

  @Test
  void followsLinksThatStayInside() throws IOException {
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("src/a.txt"));
    Files.createSymbolicLink(workspace.resolve("folder"), workspace.resolve("src"));

    var link = assertInstanceOf(Location.Inside.class, guard.locate("link"));
    var below = assertInstanceOf(Location.Inside.class, guard.locate("folder/a.txt"));

    assertEquals(Path.of("src/a.txt"), link.real());
    assertEquals(Path.of("src/a.txt"), below.real());
    assertEquals("inside", read(link));
  }

  @Test
  void tellsNamesApartByCase() {
    var located = guard.locate("SRC/A.txt");

    var expected =
        Files.exists(workspace.resolve("SRC")) ? Location.Inside.class : Location.Missing.class;
    assertInstanceOf(expected, located);
  }

  @Test
  void takesTheWorkspaceOffAbsolutePathsByWholeParts() {
    assertEquals("src/a.txt", guard.relative(guard.root() + "/src/a.txt"));
    assertEquals(".", guard.relative(guard.root().toString()));
    assertEquals("src", guard.relative("src"));
    assertEquals("a\0b", guard.relative("a\0b"));
    assertEquals(
        guard.root() + "-sibling/secret.txt", guard.relative(guard.root() + "-sibling/secret.txt"));
  }

  @Test
  void refusesAFileThatBecameALinkAfterItWasFound() throws IOException {
    var found = assertInstanceOf(Location.Inside.class, guard.locate("src/a.txt"));
    Files.delete(workspace.resolve("src/a.txt"));
    Files.createSymbolicLink(
        workspace.resolve("src/a.txt"), temp.resolve("work-sibling/secret.txt"));

    assertThrows(PathRefusedException.class, () -> guard.open(found).close());
  }

  @Test
  void refusesAFolderThatBecameALinkAfterItWasFound() throws IOException {
    Files.writeString(workspace.resolve("src/secret.txt"), "inside");
    var file = assertInstanceOf(Location.Inside.class, guard.locate("src/secret.txt"));
    var folder = assertInstanceOf(Location.Inside.class, guard.locate("src"));
    Files.move(workspace.resolve("src"), workspace.resolve("moved"));
    Files.createSymbolicLink(workspace.resolve("src"), temp.resolve("work-sibling"));

    assertThrows(PathRefusedException.class, () -> guard.open(file).close());
    assertThrows(PathRefusedException.class, () -> guard.openFolder(folder).close());
  }

  @Test
  void saysWhenAFoundFileOrFolderIsGone() throws IOException {
    var file = assertInstanceOf(Location.Inside.class, guard.locate("src/a.txt"));
    var folder = assertInstanceOf(Location.Inside.class, guard.locate("src/deep"));
    Files.delete(workspace.resolve("src/a.txt"));
    Files.delete(workspace.resolve("src/deep"));

    assertThrows(NoSuchFileException.class, () -> guard.open(file).close());
    assertThrows(NoSuchFileException.class, () -> guard.openFolder(folder).close());
  }

  @Test
  void refusesAWorkspaceThatWasReplaced() throws IOException {
    var found = assertInstanceOf(Location.Inside.class, guard.locate("src/a.txt"));
    Files.move(workspace, temp.resolve("moved"));
    Files.createDirectories(workspace.resolve("src"));
    Files.writeString(workspace.resolve("src/a.txt"), "planted");

    assertThrows(PathRefusedException.class, () -> guard.open(found).close());
  }

  @Test
  void isMadeForFoldersOnly() {
    assertThrows(NotDirectoryException.class, () -> PathGuard.over(workspace.resolve("src/a.txt")));
  }

  /// Each read is checked; the test ends once both outcomes were seen.
  @Test
  @Timeout(120)
  void neverReadsOutsideWhileALinkFlipsAThousandTimes() throws Exception {
    var target = workspace.resolve("flip");
    var plain = workspace.resolve("plain");
    var link = workspace.resolve("link");
    Files.writeString(target, "inside");
    var stop = new AtomicBoolean();
    var flips = new CountDownLatch(1_000);
    var flipper =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!stop.get()) {
                  Files.deleteIfExists(link);
                  Files.createSymbolicLink(link, temp.resolve("work-sibling/secret.txt"));
                  Files.move(link, target, StandardCopyOption.ATOMIC_MOVE);
                  Files.writeString(plain, "inside");
                  Files.move(plain, target, StandardCopyOption.ATOMIC_MOVE);
                  flips.countDown();
                }
              } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
              }
            });
    int reads = 0;
    int refused = 0;
    try {
      while (flips.getCount() > 0 || reads == 0 || refused == 0) {
        if (guard.locate("flip") instanceof Location.Inside inside) {
          try {
            assertEquals("inside", read(inside));
            reads++;
          } catch (PathRefusedException | NoSuchFileException caught) {
            refused++;
          }
        } else {
          refused++;
        }
      }
    } finally {
      stop.set(true);
      flipper.join();
    }
  }

  private String read(Location.Inside file) throws IOException {
    try (var channel = guard.open(file);
        var stream = Channels.newInputStream(channel)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void mimosOwnStoreIsClosedWhereverItLiesD16D41() throws Exception {
    var store = workspace.resolve(".local/share/mimocode");
    var closed = guard.without(store);
    Files.createDirectories(store.resolve("locks"));
    Files.writeString(store.resolve("locks/run-1.lock"), "");
    Files.createSymbolicLink(workspace.resolve("link"), store);
    var seen = new ArrayList<String>();

    var walk = new TreeWalk(closed, TreeWalk.Leaving.NOTHING, CancellationToken.never());
    walk.walk(
        assertInstanceOf(Location.Inside.class, closed.locate(".")),
        file -> {
          seen.add(file.below());
          return TreeWalk.Next.GO_ON;
        });
    var share = assertInstanceOf(Location.Inside.class, closed.locate(".local/share"));

    assertEquals(refused(".local/share/mimocode"), closed.locate(".local/share/mimocode"));
    assertEquals(refused("link/locks/run-1.lock"), closed.locate("link/locks/run-1.lock"));
    assertEquals(refused("mimocode/locks"), closed.narrowed(share).locate("mimocode/locks"));
    assertEquals(List.of("src/a.txt"), seen);
    assertInstanceOf(Location.Inside.class, guard.locate("link/locks/run-1.lock"));
  }

  private static Location refused(String path) {
    return new Location.Refused("'" + path + "' lies in mimo's own data folder");
  }
}
