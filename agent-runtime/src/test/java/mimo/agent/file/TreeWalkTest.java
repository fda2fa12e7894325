package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkTest {

  @TempDir Path workspace;

  @Test
  void goesInTheOrderOfNames() throws Exception {
    for (var file : List.of("b", "a/z", "a/b/c", "B", "a.txt")) {
      write(file, file);
    }
    var found = new ArrayList<String>();

    var ending = walk(".", file -> note(found, file));

    assertEquals(TreeWalk.Ending.DONE, ending);
    assertEquals(List.of("B", "a/b/c", "a/z", "a.txt", "b"), found);
  }

  @Test
  void stopsWhenItsVisitorHasEnough() throws Exception {
    write("a", "");
    write("b/c", "");
    var found = new ArrayList<String>();

    var ending =
        walk(
            ".",
            file -> {
              found.add(file.below());
              return file.below().equals("b/c") ? TreeWalk.Next.STOP : TreeWalk.Next.GO_ON;
            });

    assertEquals(TreeWalk.Ending.STOPPED, ending);
    assertEquals(List.of("a", "b/c"), found);
  }

  @Test
  void saysWhenFoldersLieTooDeep() throws Exception {
    write("d/".repeat(AgentLimits.WALK_DEPTH) + "seen", "");
    write("d/".repeat(AgentLimits.WALK_DEPTH + 1) + "unseen", "");
    var found = new ArrayList<String>();

    var ending = walk(".", file -> note(found, file));

    assertEquals(TreeWalk.Ending.LIMIT, ending);
    assertEquals(List.of("d/".repeat(AgentLimits.WALK_DEPTH) + "seen"), found);
  }

  @Test
  void entersNoFolderBehindALinkAndEndsDespiteLoops() throws Exception {
    write("a/file", "");
    Files.createSymbolicLink(workspace.resolve("a/up"), workspace);
    Files.createSymbolicLink(workspace.resolve("twin"), Path.of("a"));
    Files.createSymbolicLink(workspace.resolve("self"), Path.of("self"));
    var found = new ArrayList<String>();

    walk(".", file -> note(found, file));

    assertEquals(List.of("a/file"), found);
  }

  @Test
  void opensTheFilesItMeetsAndLinksToThem() throws Exception {
    write("a/file", "words");
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("a/file"));
    var texts = new ArrayList<String>();

    walk(
        ".",
        file -> {
          try (var channel = file.open();
              var stream = java.nio.channels.Channels.newInputStream(channel)) {
            texts.add(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          }
          return TreeWalk.Next.GO_ON;
        });

    assertEquals(List.of("words", "words"), texts);
  }

  @Test
  void overlooksWhatVanishesWhileItLooks() throws Exception {
    write("a", "");
    write("b", "");
    write("c/d", "");
    var found = new ArrayList<String>();

    walk(
        ".",
        file -> {
          Files.deleteIfExists(workspace.resolve("b"));
          Files.deleteIfExists(workspace.resolve("c/d"));
          Files.deleteIfExists(workspace.resolve("c"));
          return note(found, file);
        });

    assertEquals(List.of("a"), found);
  }

  @Test
  void refusesAStartThatIsGone() throws Exception {
    write("a/b", "");
    var guard = PathGuard.over(workspace);
    var start = (Location.Inside) guard.locate("a");
    Files.delete(workspace.resolve("a/b"));
    Files.delete(workspace.resolve("a"));
    var walk = new TreeWalk(guard, TreeWalk.Leaving.NOTHING, CancellationToken.never());

    assertThrows(NoSuchFileException.class, () -> walk.walk(start, file -> TreeWalk.Next.GO_ON));
  }

  @Test
  void heedsRulesAboveItsStart() throws Exception {
    write(".gitignore", "*.log\n/a/b/tied\n");
    write("a/.gitignore", "!keep.log\n");
    write("a/b/x.log", "");
    write("a/b/keep.log", "");
    write("a/b/tied", "");
    var guard = PathGuard.over(workspace);
    var walk = new TreeWalk(guard, TreeWalk.Leaving.IGNORED, CancellationToken.never());
    var found = new ArrayList<String>();

    walk.walk((Location.Inside) guard.locate("a/b"), file -> note(found, file));

    assertEquals(List.of("keep.log"), found);
  }

  private TreeWalk.Ending walk(String start, TreeWalk.Visitor visitor) throws Exception {
    var guard = PathGuard.over(workspace);
    return new TreeWalk(guard, TreeWalk.Leaving.NOTHING, CancellationToken.never())
        .walk((Location.Inside) guard.locate(start), visitor);
  }

  private static TreeWalk.Next note(List<String> found, TreeWalk.FoundFile file) {
    found.add(file.below());
    return TreeWalk.Next.GO_ON;
  }

  private void write(String path, String text) throws IOException {
    var file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
