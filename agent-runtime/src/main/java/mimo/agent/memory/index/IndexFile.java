package mimo.agent.memory.index;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/// The file of the index. It is made, moved and removed here, and never opened: that is SQLite's
/// alone (S94).
final class IndexFile {

  private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

  private final Path file;

  IndexFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  String url() {
    return "jdbc:sqlite:" + file;
  }

  /// Makes an empty one where none is, for its owner alone.
  void create() throws IOException {
    var folder = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(Objects.requireNonNull(file.getParent()), folder);
    var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createFile(file, own);
    } catch (FileAlreadyExistsException fine) {
      if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
        throw new IOException(file + " is no plain file");
      }
    }
  }

  /// Puts a damaged one aside, for whoever wants to look at it; an earlier one goes.
  void setAside() throws IOException {
    for (var suffix : BESIDE) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
    if (Files.exists(file, NOFOLLOW_LINKS)) {
      var aside = file.resolveSibling(file.getFileName() + ".damaged");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Removes all of it, and one that was set aside: nothing of it is to be found again.
  void remove() throws IOException {
    for (var suffix : BESIDE) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".damaged"));
    Files.deleteIfExists(file);
  }
}
