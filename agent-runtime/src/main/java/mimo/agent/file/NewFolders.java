package mimo.agent.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/// Opens folders of the workspace and makes those that are missing, where no link can lead astray.
///
/// Java cannot make a folder inside an opened one. So each is made in the workspace itself, under a
/// name of its own, and then moved from opened folder to opened folder into its place.
final class NewFolders {

  private final PathGuard guard;
  private final FileLocks locks;

  NewFolders(PathGuard guard, FileLocks locks) {
    this.guard = guard;
    this.locks = locks;
  }

  /// @param real relative to the workspace, free of links
  SecureDirectoryStream<Path> open(Path real) throws IOException, InterruptedException {
    var folder = guard.openRoot();
    for (var part : real) {
      if (part.toString().isEmpty()) {
        continue;
      }
      try (var parent = folder) {
        folder = enter(parent, part);
      }
    }
    return folder;
  }

  private SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> parent, Path name)
      throws IOException, InterruptedException {
    try {
      return enterKnown(parent, name);
    } catch (NoSuchFileException missing) {
      make(parent, name);
      return enterKnown(parent, name);
    }
  }

  private static SecureDirectoryStream<Path> enterKnown(
      SecureDirectoryStream<Path> parent, Path name) throws IOException {
    try {
      return parent.newDirectoryStream(name, NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException telling) {
      throw telling;
    } catch (IOException swapped) {
      throw new PathRefusedException("'" + name + "' is no longer the folder it was");
    }
  }

  /// Two that make folders take turns, for a move replaces an empty folder in which the other one
  /// is about to make its file.
  private void make(SecureDirectoryStream<Path> parent, Path name)
      throws IOException, InterruptedException {
    var turn =
        locks
            .hold(guard.root())
            .orElseThrow(() -> new FileSystemException("others are making folders"));
    try (turn;
        var root = guard.openRoot()) {
      if (HeldFile.stands(parent, name)) {
        return;
      }
      var scratch = Path.of(turn.scratch());
      dropFolder(root, scratch);
      Files.createDirectory(guard.root().resolve(scratch));
      try {
        root.move(scratch, parent, name);
      } finally {
        dropFolder(root, scratch);
      }
      HeldFile.force(parent);
    }
  }

  private static void dropFolder(SecureDirectoryStream<Path> root, Path scratch)
      throws IOException {
    try {
      root.deleteDirectory(scratch);
    } catch (NoSuchFileException asItShouldBe) {
      // Only a process that was killed leaves one.
    }
  }
}
