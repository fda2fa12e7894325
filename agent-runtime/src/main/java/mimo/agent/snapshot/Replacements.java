package mimo.agent.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/// Puts files into a workspace and takes files out of it, each whole or not at all, and none
/// through a link. One at a time for a workspace, over all processes.
final class Replacements {

  private static final String BESIDE = ".mimo-undo";

  private final Path workspace;

  /// @param workspace free of links
  Replacements(Path workspace) {
    this.workspace = workspace;
  }

  /// Removes a file and the folders that are empty then.
  ///
  /// @return whether it is gone
  boolean remove(String path) throws IOException {
    var file = workspace.resolve(path);
    var parent = parent(file);
    if (!Files.exists(parent, NOFOLLOW_LINKS)) {
      return true;
    }
    if (!parent.toRealPath().equals(parent) || Files.isDirectory(file, NOFOLLOW_LINKS)) {
      return false;
    }
    Files.deleteIfExists(file);
    try {
      for (var folder = parent; !folder.equals(workspace); folder = parent(folder)) {
        Files.delete(folder);
      }
    } catch (DirectoryNotEmptyException stillUsed) {
      // So are those above it.
    }
    return true;
  }

  /// Moves the file of this path below `from` to its place, with the rights of what is there.
  ///
  /// @return whether it could be: neither a link nor another kind of thing lies in its way
  boolean put(String path, Path from) throws IOException {
    var file = workspace.resolve(path);
    var made = from.resolve(path);
    if (Files.isDirectory(file, NOFOLLOW_LINKS) || !canHaveFolder(parent(file))) {
      return false;
    }
    Files.createDirectories(parent(file));
    keepRights(file, made);
    try {
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherDisk) {
      var beside = file.resolveSibling(BESIDE);
      Files.copy(
          made,
          beside,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES,
          NOFOLLOW_LINKS);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return true;
  }

  private boolean canHaveFolder(Path folder) throws IOException {
    var there = folder;
    while (!Files.exists(there, NOFOLLOW_LINKS)) {
      there = parent(there);
    }
    try {
      return Files.isDirectory(there, NOFOLLOW_LINKS) && there.toRealPath().equals(there);
    } catch (NotDirectoryException inTheWay) {
      return false;
    }
  }

  /// Who may read and write a file stays as it is; a state knows only who may run it.
  private static void keepRights(Path present, Path made) throws IOException {
    if (!Files.isRegularFile(present, NOFOLLOW_LINKS)
        || !Files.isRegularFile(made, NOFOLLOW_LINKS)) {
      return;
    }
    boolean runs = Files.isExecutable(made);
    var rights = Files.getPosixFilePermissions(present);
    run(rights, runs, PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);
    run(rights, runs, PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE);
    run(rights, runs, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
    Files.setPosixFilePermissions(made, rights);
  }

  private static void run(
      Set<PosixFilePermission> rights,
      boolean runs,
      PosixFilePermission reads,
      PosixFilePermission execute) {
    if (runs && rights.contains(reads)) {
      rights.add(execute);
    } else {
      rights.remove(execute);
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "what lies in a workspace lies in a folder");
  }
}
