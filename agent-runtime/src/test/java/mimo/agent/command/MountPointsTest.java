package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A60: what a killed process leaves to the next one.
final class MountPointsTest {

  @TempDir Path temp;
  private Path workspace;
  private Path link;

  @BeforeEach
  void prepare() throws IOException {
    workspace = Files.createDirectories(temp.resolve("workspace"));
    link = Files.createSymbolicLink(workspace.resolve("CLAUDE.md"), Path.of("notes.md"));
  }

  /// What the next process has, after one that closed nothing: only its list stays.
  private MountPoints nextAfter(MountPoints.Held killed, Path folder) throws IOException {
    var next = Files.createDirectories(temp.resolve("next"));
    try (var lists = Files.list(folder)) {
      for (var list : lists.toList()) {
        Files.copy(list, next.resolve(list.getFileName()));
      }
    }
    killed.close();
    return new MountPoints(next);
  }

  private MountPoints.Held held(Path folder) throws IOException {
    return new MountPoints(folder).hold(workspace);
  }

  @Test
  void linkThatACommandOfAKilledProcessReplacedIsPutBack() throws IOException {
    var folder = temp.resolve("killed");
    var held = held(folder);
    held.keep(KeptLinks.of(List.of(link)));
    var next = nextAfter(held, folder);
    Files.delete(link);
    Files.writeString(link, "evil");

    next.restore(workspace);

    assertEquals(Path.of("notes.md"), Files.readSymbolicLink(link));
    assertEquals("evil", Files.readString(workspace.resolve("CLAUDE.md.replaced-1")));
  }

  @Test
  void theFirstTargetCountsAndNothingIsListedTwice() throws IOException {
    var folder = temp.resolve("killed");
    var elsewhere = Files.createSymbolicLink(workspace.resolve(".envrc"), temp.resolve("else"));
    var held = held(folder);
    held.keep(KeptLinks.of(List.of(link, elsewhere)));
    var size = size(folder);
    held.keep(KeptLinks.of(List.of(link, elsewhere)));
    assertEquals(size, size(folder));
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("evil.md"));
    Files.delete(elsewhere);
    held.keep(KeptLinks.of(List.of(link)));

    nextAfter(held, folder).restore(workspace);

    assertEquals(Path.of("notes.md"), Files.readSymbolicLink(link));
    assertEquals(temp.resolve("else"), Files.readSymbolicLink(elsewhere));
  }

  @Test
  void whatIsListedIsForgottenWithItsLastUser() throws IOException {
    var folder = temp.resolve("ended");
    var held = held(folder);
    held.keep(KeptLinks.of(List.of(link)));
    held.close();
    Files.delete(link);
    Files.writeString(link, "the user's own");

    new MountPoints(folder).restore(workspace);

    assertEquals("the user's own", Files.readString(link));
  }

  private static long size(Path folder) throws IOException {
    try (var lists = Files.list(folder)) {
      return Files.size(lists.findFirst().orElseThrow());
    }
  }
}
