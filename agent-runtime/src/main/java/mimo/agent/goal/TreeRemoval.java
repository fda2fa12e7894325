package mimo.agent.goal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import mimo.agent.command.ScratchFolders;

/// Removes folders of mimo's own, as far as they can be: whatever is left is tried again by a later
/// sweep, and is no reason for anything else to fail.
final class TreeRemoval {

  private TreeRemoval() {}

  /// Removes this, be it a folder, a file or a link; links are not followed.
  static void of(Path path) {
    try {
      ScratchFolders.remove(path);
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
}
