package mimo.agent.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mimo.agent.AgentLimits;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.GitCommand;
import mimo.agent.snapshot.ChangedFile.Kind;
import mimo.agent.snapshot.Excluded.Reason;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.agent.snapshot.Snapshots.Step;
import mimo.engine.journal.Digests;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {

  private static final Path GIT = Path.of("/usr/bin/git");

  @TempDir Path folder;
  private Path workspace;
  private Path data;
  private GitCommand git;
  private Snapshots snapshots;

  @BeforeEach
  void make() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    workspace = Files.createDirectories(folder.toRealPath().resolve("workspace"));
    data = folder.toRealPath().resolve("data");
    var own = Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString());
    git = new GitCommand(GIT, ChildEnvironment.of(own, List.of(), Set.of(), List.of()));
    snapshots = new Snapshots(git, workspace, data, List.of());
  }

  private void write(String name, String text) throws IOException {
    var file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void forgetsOldStatesAndNothingYoungerOnesAreMadeOf() throws Exception {
    write("same", "never changed");
    write("file", "one");
    var old = snapshots.take();
    write("file", "two");
    var used = snapshots.take();
    age(Duration.ofDays(AgentLimits.SNAPSHOT_DAYS + 1));
    // Taken again, unchanged, so that git writes nothing.
    assertEquals(used, snapshots.take());
    write("file", "three");
    age(Duration.ofDays(2), "mimo.pruned");

    var now = snapshots.take();

    assertFalse(snapshots.holds(old.tree()));
    assertTrue(snapshots.holds(used.tree()));
    snapshots.restore(List.of(new Step(now.tree(), used.tree())), Others.KEPT);
    assertEquals("two", Files.readString(workspace.resolve("file")));
    assertEquals("never changed", Files.readString(workspace.resolve("same")));
  }

  /// Makes all that is stored older.
  private void age(Duration by, String... only) throws IOException {
    try (var all = Files.walk(data)) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        if (only.length == 0 || List.of(only).contains(path.getFileName().toString())) {
          var then = Files.getLastModifiedTime(path).toInstant().minus(by);
          Files.setLastModifiedTime(path, FileTime.from(then));
        }
      }
    }
  }

  @Test
  void bringsBackEveryByteModeAndLink() throws Exception {
    byte[] odd = {0, (byte) 0xff, '\r', '\n', '\n', (byte) 0xef};
    write(".gitattributes", "* text=auto eol=crlf filter=evil ident\n");
    write("text", "a\r\nb\n$Id$\n");
    write("dir/deep/odd name\n\"quoted\"", "x");
    write("run", "#!/bin/sh\n");
    write("becomes-folder", "file");
    Files.write(workspace.resolve("binary"), odd);
    Files.setPosixFilePermissions(
        workspace.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("text"));
    Files.createSymbolicLink(workspace.resolve("dangling"), Path.of("/nowhere"));
    var before = state();
    var first = snapshots.take();

    write("text", "other");
    write("dir/new", "new");
    write("made/by/turn", "new");
    Files.delete(workspace.resolve("dir/deep/odd name\n\"quoted\""));
    Files.write(workspace.resolve("binary"), new byte[] {1});
    Files.setPosixFilePermissions(
        workspace.resolve("run"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.delete(workspace.resolve("link"));
    write("link", "no link");
    Files.delete(workspace.resolve("dangling"));
    Files.delete(workspace.resolve("becomes-folder"));
    write("becomes-folder/file", "x");
    var second = snapshots.take();
    var restored = back(first, second, Others.KEPT);

    assertEquals(before, state());
    assertEquals(List.of(), restored.kept());
    assertArrayEquals(odd, Files.readAllBytes(workspace.resolve("binary")));
    assertEquals(first.tree(), snapshots.take().tree());
  }

  @Test
  void saysWhichFilesDifferAndByHowManyLines() throws Exception {
    write("same", "same\n");
    write("changed", "1\n2\n3\n");
    write("gone", "1\n2\n");
    var first = snapshots.take();

    write("changed", "1\ntwo\n3\n4\n");
    write("new", "1\n");
    Files.write(workspace.resolve("binary"), new byte[] {0, 1});
    Files.delete(workspace.resolve("gone"));
    var second = snapshots.take();

    assertEquals(
        List.of(
            new ChangedFile("binary", Kind.ADDED, -1, -1),
            new ChangedFile("changed", Kind.CHANGED, 2, 1),
            new ChangedFile("gone", Kind.REMOVED, 0, 2),
            new ChangedFile("new", Kind.ADDED, 1, 0)),
        snapshots.difference(first.tree(), second.tree()));
  }

  @Test
  void keepsWhatOthersChangedSinceUnlessConfirmed() throws Exception {
    write("turn", "before");
    write("both", "before");
    write("user", "before");
    var first = snapshots.take();
    write("turn", "after");
    write("both", "after");
    write("made", "after");
    var second = snapshots.take();
    write("both", "the user's");
    write("user", "the user's");
    write("made", "the user's");

    var restored = back(first, second, Others.KEPT);

    assertEquals(List.of("both", "made"), restored.kept());
    assertEquals(List.of(new ChangedFile("turn", Kind.CHANGED, 1, 1)), restored.files());
    assertEquals("before", Files.readString(workspace.resolve("turn")));
    assertEquals("the user's", Files.readString(workspace.resolve("both")));
    assertEquals("the user's", Files.readString(workspace.resolve("user")));

    back(first, second, Others.OVERRULED);

    assertEquals("before", Files.readString(workspace.resolve("both")));
    assertFalse(Files.exists(workspace.resolve("made")));
    assertEquals("the user's", Files.readString(workspace.resolve("user")));
  }

  @Test
  void leavesOutIgnoredAndLargeFilesAndOtherRepositories() throws Exception {
    write(".gitignore", "ignored\n");
    write("ignored", "mine");
    write("small", "x");
    try (var large = new RandomAccessFile(workspace.resolve("large").toFile(), "rw")) {
      large.setLength(AgentLimits.SNAPSHOT_FILE_BYTES + 1);
    }
    git.call(Files.createDirectories(workspace.resolve("inner")), "init", "-q").orThrow();
    write("inner/file", "x");

    var first = snapshots.take();

    assertEquals(
        Set.of(
            new Excluded("large", Reason.LARGE), new Excluded("inner/", Reason.OTHER_REPOSITORY)),
        Set.copyOf(first.excluded()));
    write("ignored", "other");
    Files.delete(workspace.resolve("large"));
    write("small", "y");
    var second = snapshots.take();
    assertEquals(
        List.of(new ChangedFile("small", Kind.CHANGED, 1, 1)),
        snapshots.difference(first.tree(), second.tree()));
    back(first, second, Others.KEPT);
    assertEquals("other", Files.readString(workspace.resolve("ignored")));
  }

  @Test
  void fileThatGrowsTooLargeIsNotTakenForRemovedByTheTurn() throws Exception {
    write("grows", "small");
    var first = snapshots.take();
    try (var large = new RandomAccessFile(workspace.resolve("grows").toFile(), "rw")) {
      large.setLength(AgentLimits.SNAPSHOT_FILE_BYTES + 1);
    }
    var second = snapshots.take();

    assertEquals(List.of(new Excluded("grows", Reason.LARGE)), second.excluded());
    assertEquals(
        List.of(new ChangedFile("grows", Kind.REMOVED, 0, 1)),
        snapshots.difference(first.tree(), second.tree()));
  }

  @Test
  void usersRepositoryIsNotTouched() throws Exception {
    git.call(workspace, "init", "-q").orThrow();
    write("a", "1");
    git.call(workspace, "add", "a").orThrow();
    write(".git/hooks/post-checkout", "#!/bin/sh\ntouch " + folder + "/canary\n");
    Files.setPosixFilePermissions(
        workspace.resolve(".git/hooks/post-checkout"),
        PosixFilePermissions.fromString("rwxr-xr-x"));
    git.call(workspace, "config", "filter.evil.clean", "touch " + folder + "/canary").orThrow();
    git.call(workspace, "config", "core.fsmonitor", folder + "/canary-maker").orThrow();
    write(".gitattributes", "* filter=evil\n");
    var before = state(workspace.resolve(".git"));

    var first = snapshots.take();
    write("a", "2");
    var second = snapshots.take();
    back(first, second, Others.KEPT);

    assertEquals(before, state(workspace.resolve(".git")));
    assertEquals("1", Files.readString(workspace.resolve("a")));
    assertFalse(Files.exists(folder.resolve("canary")));
  }

  @Test
  void lockOfAKilledProcessDoesNotStopSnapshots() throws Exception {
    write("a", "1");
    var first = snapshots.take();
    Path repository;
    try (var all = Files.list(data)) {
      repository = all.findFirst().orElseThrow();
    }
    Files.writeString(repository.resolve("index.lock"), "");
    write("a", "2");

    assertFalse(first.tree().equals(snapshots.take().tree()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "config", "info/attributes", "mimo.tree"})
  void aFileThatAPowerCutEmptiedIsWrittenAnewP3(String name) throws Exception {
    write(".gitattributes", "* text=auto eol=crlf\n");
    write("text", "a\r\nb\n");
    var taken = snapshots.take();
    for (var rest : List.of(new byte[0], new byte[] {0, (byte) 0xff, 0})) {
      Files.write(repository().resolve(name), rest);

      assertEquals(taken, snapshots.take());
      write("text", "other\r\n");
      assertEquals(List.of(), back(taken, snapshots.take(), Others.KEPT).kept());
      assertEquals("a\r\nb\n", Files.readString(workspace.resolve("text")));
    }
  }

  @Test
  void aStateThatAPowerCutEmptiedIsWrittenAnewP3() throws Exception {
    write("text", "one");
    var taken = snapshots.take();
    var object =
        repository()
            .resolve("objects")
            .resolve(taken.tree().substring(0, 2))
            .resolve(taken.tree().substring(2));
    Files.delete(object);
    Files.createFile(object);

    assertEquals(taken, snapshots.take());
    assertTrue(Files.size(object) > 0);
  }

  @Test
  void theRepositoryIsMadeByWhoeverHoldsItsLockP3() throws Exception {
    Files.createDirectories(repository());
    try (var other =
            FileChannel.open(
                repository().resolve("mimo.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = other.lock()) {
      assertThrows(IOException.class, () -> snapshots.take());
      try (var made = Files.list(repository())) {
        assertEquals(List.of(repository().resolve("mimo.lock")), made.toList());
      }
    }
    assertTrue(snapshots.holds(snapshots.take().tree()));
  }

  private Path repository() {
    return data.resolve(Digests.hex(workspace.toString()).substring(0, 32));
  }

  @Test
  void refusesWhatNamesNoSnapshot() {
    assertThrows(IllegalArgumentException.class, () -> snapshots.difference("--output=x", "y"));
  }

  @Test
  void unchangedTreeIsQuicklyKept() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      write("dir" + i % 20 + "/file" + i, "text " + i);
    }
    var first = snapshots.take();
    // Git looks twice at what changed within the second of its index.
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long begun = System.nanoTime();
      assertEquals(first, snapshots.take());
      best = Math.min(best, System.nanoTime() - begun);
    }
    System.out.println("snapshot of 1,000 unchanged files: " + best / 1_000 + " µs");
    assertTrue(best > 0);
  }

  @Test
  void goesBackOverSeveralTurnsPastWhatTheUserDidInBetween() throws Exception {
    write("a", "0");
    write("b", "0");
    var before1 = snapshots.take();
    write("a", "1");
    write("b", "1");
    var after1 = snapshots.take();
    write("b", "the user's");
    var before2 = snapshots.take();
    write("a", "2");
    write("b", "2");
    var after2 = snapshots.take();
    var steps =
        List.of(new Step(after2.tree(), before2.tree()), new Step(after1.tree(), before1.tree()));

    var restored = snapshots.restore(steps, Others.KEPT);

    assertEquals("0", Files.readString(workspace.resolve("a")));
    assertEquals("the user's", Files.readString(workspace.resolve("b")));
    assertEquals(List.of("b"), restored.kept());
    assertEquals(
        List.of(new ChangedFile("a", Kind.CHANGED, 1, 1), new ChangedFile("b", Kind.CHANGED, 1, 1)),
        restored.files());
  }

  @Test
  void goingBackThatWasCutShortGoesOnToTheSameEnd() throws Exception {
    for (int i = 0; i < 6; i++) {
      write("file" + i, "before");
    }
    var first = snapshots.take();
    for (int i = 0; i < 6; i++) {
      write("file" + i, "between");
    }
    var second = snapshots.take();
    for (int i = 0; i < 6; i++) {
      write("file" + i, "after");
    }
    var third = snapshots.take();
    var steps =
        List.of(new Step(third.tree(), second.tree()), new Step(second.tree(), first.tree()));
    for (int done = 0; done <= 6; done++) {
      for (int i = 0; i < 6; i++) {
        write("file" + i, i < done ? "before" : "after");
      }

      var restored = snapshots.restore(steps, Others.KEPT);

      assertEquals(List.of(), restored.kept());
      assertEquals(6 - done, restored.files().size());
      assertEquals(first.tree(), snapshots.take().tree());
    }
  }

  @Test
  void fileThatNoStateHoldsIsKeptUnlessConfirmed() throws Exception {
    write("grows", "small");
    var first = snapshots.take();
    try (var large = new RandomAccessFile(workspace.resolve("grows").toFile(), "rw")) {
      large.setLength(AgentLimits.SNAPSHOT_FILE_BYTES + 1);
    }
    var second = snapshots.take();

    var kept = back(first, second, Others.KEPT);

    assertEquals(List.of("grows"), kept.kept());
    assertEquals(List.of(new Excluded("grows", Reason.LARGE)), kept.excluded());
    assertEquals(List.of(), back(first, second, Others.OVERRULED).kept());
    assertEquals("small", Files.readString(workspace.resolve("grows")));
  }

  @Test
  void nothingIsWrittenOrRemovedThroughALink() throws Exception {
    write("dir/a", "before");
    var first = snapshots.take();
    write("dir/a", "after");
    write("dir/made", "after");
    var second = snapshots.take();
    var outside = Files.createDirectories(folder.toRealPath().resolve("outside"));
    Files.writeString(outside.resolve("a"), "after");
    Files.writeString(outside.resolve("made"), "after");
    Files.delete(workspace.resolve("dir/a"));
    Files.delete(workspace.resolve("dir/made"));
    Files.delete(workspace.resolve("dir"));
    Files.createSymbolicLink(workspace.resolve("dir"), outside);

    var restored = back(first, second, Others.OVERRULED);

    assertEquals(List.of("dir/a"), restored.kept());
    assertEquals("after", Files.readString(outside.resolve("a")));
    assertEquals("after", Files.readString(outside.resolve("made")));
  }

  @Test
  void foldersOfMimoItselfAreNoPartOfAnyState() throws Exception {
    var own = workspace.resolve("share/mimo [1]");
    write("share/mimo [1]/store", "1");
    write("share/other", "1");
    var some = new Snapshots(git, workspace, own.resolve("snapshots"), List.of(own));
    var first = some.take();
    write("share/mimo [1]/store", "2");
    write("share/other", "2");
    var second = some.take();

    some.restore(List.of(new Step(second.tree(), first.tree())), Others.OVERRULED);

    assertEquals("2", Files.readString(own.resolve("store")));
    assertEquals("1", Files.readString(workspace.resolve("share/other")));
  }

  @Test
  void whoMayReadAFileStaysAsItIs() throws Exception {
    write("mine", "before");
    var first = snapshots.take();
    write("mine", "after");
    Files.setPosixFilePermissions(
        workspace.resolve("mine"), PosixFilePermissions.fromString("rw-------"));
    var second = snapshots.take();

    back(first, second, Others.KEPT);

    assertEquals("before", Files.readString(workspace.resolve("mine")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.resolve("mine"))));
  }

  private Restored back(Snapshot before, Snapshot after, Others others) throws Exception {
    return snapshots.restore(List.of(new Step(after.tree(), before.tree())), others);
  }

  private Map<String, String> state() throws IOException {
    return state(workspace);
  }

  private static Map<String, String> state(Path root) throws IOException {
    var state = new TreeMap<String, String>();
    try (var paths = Files.walk(root)) {
      for (var path : paths.toList()) {
        state.put(root.relativize(path).toString(), line(path));
      }
    }
    return state;
  }

  private static String line(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        ? mode
        : mode + java.util.Arrays.toString(Files.readAllBytes(path));
  }
}
