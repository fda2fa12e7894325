package mimo.agent.goal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Removes folders of mimo's own, as far as they can be: whatever is left is tried again by a later
/// sweep, and is no reason for anything else to fail.
final class TreeRemoval extends SimpleFileVisitor<Path> {

  private TreeRemoval() {}

  /// Removes this, be it a folder, a file or a link; links are not followed.
  static void of(Path path) {
    try {
      Files.walkFileTree(path, new TreeRemoval());
    } catch (IOException notNow) {
      // A sweep finds it again.
    }
  }

  /// Removes what is in this folder and older than that.
  static void sweep(Path folder, Instant oldest) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        if (isOlder(entry, oldest)) {
          of(entry);
        }
      }
    }
  }

  private static boolean isOlder(Path entry, Instant oldest) throws IOException {
    try {
      return Files.getLastModifiedTime(entry, NOFOLLOW_LINKS).toInstant().isBefore(oldest);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    // What a check made read-only can only be emptied by whoever may write in it again.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.deleteIfExists(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    Files.deleteIfExists(folder);
    return FileVisitResult.CONTINUE;
  }
}
