package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import mimo.engine.testing.Proof;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A46–A48, S26, S37–S40, S56, S75, T10.
class FileReplacementTest {

  private static final System.Logger LOG = System.getLogger(FileReplacementTest.class.getName());

  @TempDir Path temp;
  private Path workspace;
  private FileLocks locks;
  private FileReplacement files;

  @BeforeEach
  void prepare() throws IOException {
    workspace = Files.createDirectory(temp.resolve("work"));
    locks = new FileLocks(temp.resolve("locks"));
    files = new FileReplacement(PathGuard.over(workspace), locks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rwxr-x---", "r--------", "rw-rw-rw-", "---------"})
  void keepsTheModeOfAFile(String mode) throws Exception {
    var file = Files.writeString(workspace.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    write("a", "new");

    assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("new", content("a"));
  }

  @Test
  void givesNewFilesAndFoldersTheModeOfTheUsersMask() throws Exception {
    Files.createDirectory(workspace.resolve("theirs"));
    Files.writeString(workspace.resolve("theirs/file"), "");

    write("ours/file", "");

    assertEquals(mode("theirs"), mode("ours"));
    assertEquals(mode("theirs/file"), mode("ours/file"));
  }

  @Test
  void writesThroughALinkThatStaysInside() throws Exception {
    Files.createDirectory(workspace.resolve("real"));
    Files.writeString(workspace.resolve("real/a"), "old");
    Files.createSymbolicLink(workspace.resolve("folder"), Path.of("real"));
    Files.createSymbolicLink(workspace.resolve("file"), Path.of("folder/a"));

    write("file", "new");
    write("folder/b/c", "fresh");

    assertEquals("new", content("real/a"));
    assertEquals("fresh", content("real/b/c"));
    assertTrue(Files.isSymbolicLink(workspace.resolve("file")));
    assertTrue(Files.isSymbolicLink(workspace.resolve("folder")));
  }

  @Test
  void aFileOutsideThatSharesItsBytesKeepsThem() throws Exception {
    var outside = Files.writeString(temp.resolve("outside"), "old");
    Files.createLink(workspace.resolve("a"), outside);

    write("a", "new");

    assertEquals("old", Files.readString(outside));
    assertEquals("new", content("a"));
  }

  @Test
  void refusesPipesAndWhatLeadsToDevices() throws Exception {
    var made = new ProcessBuilder("mkfifo", workspace.resolve("pipe").toString()).start();
    assumeTrue(made.waitFor() == 0, "mkfifo is not here");
    Files.createSymbolicLink(workspace.resolve("null"), Path.of("/dev/null"));

    assertEquals(refused("'pipe' is neither a plain file nor a folder"), files.hold("pipe"));
    assertEquals(refused("'null' leads out of the workspace"), files.hold("null"));
  }

  @Test
  void refusesWhatIsClosedThoughNothingIsThereYet() throws Exception {
    Files.createDirectory(workspace.resolve("data"));
    var guard = PathGuard.over(workspace).without(workspace.resolve("data"));

    assertEquals(
        refused("'data/mimo.db' lies in mimo's own data folder"),
        new FileReplacement(guard, locks).hold("data/mimo.db"));
  }

  @Test
  void leavesTheOldFileIfTheNewOneCannotBeMade() throws Exception {
    Files.writeString(workspace.resolve("a"), "old");

    try (var file = held("a")) {
      Thread.currentThread().interrupt();
      assertThrows(IOException.class, () -> file.replace(new byte[100]));
      assertTrue(Thread.interrupted());
    }

    assertEquals("old", content("a"));
    assertEquals(List.of("a"), names());
  }

  @Test
  void noticesWhoDoesNotAskForTheFile() throws Exception {
    Files.writeString(workspace.resolve("a"), "old");

    try (var known = held("a");
        var fresh = held("b")) {
      known.read(100);
      Files.writeString(workspace.resolve("a"), "theirs");
      Files.writeString(workspace.resolve("b"), "theirs");

      assertThrows(PathRefusedException.class, () -> known.replace(new byte[1]));
      assertThrows(PathRefusedException.class, () -> fresh.replace(new byte[1]));
    }
    assertEquals("theirs", content("a"));
    assertEquals("theirs", content("b"));
  }

  @Test
  void clearsAwayWhatAKilledProcessLeft() throws Exception {
    String scratch;
    try (var hold = locks.hold(workspace.toRealPath().resolve("a")).orElseThrow()) {
      scratch = hold.scratch();
    }
    Files.writeString(workspace.resolve(scratch), "half a fi");

    write("a", "whole");

    assertEquals(List.of("a"), names());
    assertEquals("whole", content("a"));
  }

  @Test
  void readsNoMoreThanAllowed() throws Exception {
    Files.writeString(workspace.resolve("a"), "12345");

    try (var file = held("a")) {
      assertEquals(Optional.empty(), file.read(4));
      assertEquals(5, file.read(5).orElseThrow().length);
    }
  }

  @Test
  @Timeout(120)
  void threadsThatMakeOneFolderDoNotDisturbEachOther() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 10; round++) {
        var path = "r" + round + "/x/";
        var tasks =
            IntStream.range(0, 8)
                .mapToObj(i -> pool.submit(() -> write(path + i, "" + i)))
                .toList();
        for (var task : tasks) {
          assertEquals("made", task.get());
        }
      }
    }
    assertEquals("7", content("r9/x/7"));
  }

  @Test
  @Timeout(600)
  void neverWritesOutsideWhileALinkIsFlipped() throws Exception { // T10
    var outside = Files.createDirectories(temp.resolve("outside/deep"));
    Files.writeString(outside.resolve("a"), "outside");
    Files.createDirectories(workspace.resolve("real/deep"));
    Files.createSymbolicLink(workspace.resolve("way"), Path.of("real"));
    int writes = Proof.rounds(1_000, 100_000);
    var stop = new AtomicBoolean();
    var started = new CountDownLatch(1);
    var flipper = Thread.ofPlatform().start(() -> flip(stop, started));
    started.await();

    int through = 0;
    for (int i = 0; i < writes; i++) {
      var path = i % 2 == 0 ? "way/deep/a" : "way/new" + i % 7 + "/b";
      try {
        through += write(path, "" + i).equals("made") ? 1 : 0;
      } catch (IOException swapped) {
        // Refusing is right; reaching the outside would not be.
      }
    }
    stop.set(true);
    flipper.join();

    assertEquals("outside", Files.readString(outside.resolve("a")));
    try (var entries = Files.walk(temp.resolve("outside"))) {
      assertEquals(3, entries.count());
    }
    LOG.log(
        Level.INFO,
        "T10: {0} writes while a link was flipped: {1} inside, {2} refused, 0 outside",
        writes,
        through,
        writes - through);
    assertTrue(through > 0, "no write ever went through, so nothing was tried");
  }

  /// The folder behind `way` is now inside, now outside.
  private void flip(AtomicBoolean stop, CountDownLatch started) {
    try {
      var way = workspace.resolve("way");
      var next = workspace.resolve("next");
      for (int i = 0; !stop.get(); i++) {
        Files.createSymbolicLink(next, Path.of(i % 2 == 0 ? "../outside" : "real"));
        Files.move(next, way, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        started.countDown();
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private String write(String path, String text) throws IOException, InterruptedException {
    return switch (files.hold(path)) {
      case Holding.Refused(var code, var message) -> code + ": " + message;
      case Holding.Held(var file) -> {
        try (file) {
          file.replace(text.getBytes(StandardCharsets.UTF_8));
          yield "made";
        }
      }
    };
  }

  private HeldFile held(String path) throws IOException, InterruptedException {
    return assertInstanceOf(Holding.Held.class, files.hold(path)).file();
  }

  private static Holding refused(String message) {
    return new Holding.Refused("path_escape", message);
  }

  private String content(String path) throws IOException {
    var file = workspace.resolve(path);
    if (!Files.isReadable(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }
    return Files.readString(file);
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.resolve(path)));
  }

  private List<String> names() throws IOException {
    try (var entries = Files.list(workspace)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
