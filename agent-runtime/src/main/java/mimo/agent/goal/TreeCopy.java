package mimo.agent.goal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import mimo.agent.GoalLimits;
import mimo.agent.file.PathGuard;

/// Copies a workspace, links as links, within its limits. What is closed to its guard is never
/// opened: a store whose file is opened a second time loses its locks. Confined to one thread.
final class TreeCopy extends SimpleFileVisitor<Path> {

  private final PathGuard guard;
  private final Path to;
  private final Set<Path> leftOut;
  private long bytes;
  private int entries;

  private TreeCopy(PathGuard guard, Path to, Set<Path> leftOut) {
    this.guard = guard;
    this.to = to;
    this.leftOut = leftOut;
  }

  /// Copies what a guard guards.
  ///
  /// @param leftOut folders that are not copied
  /// @throws IOException if it cannot be copied whole, or is too much
  static void of(PathGuard guard, Path to, Set<Path> leftOut) throws IOException {
    Files.walkFileTree(guard.root(), new TreeCopy(guard, to, leftOut));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    if (leftOut.contains(folder) || isClosed(folder)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    count(0);
    Files.createDirectories(target(folder));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isOther() || isClosed(file)) {
      return FileVisitResult.CONTINUE;
    }
    count(attributes.size());
    Files.copy(file, target(file), NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    return FileVisitResult.CONTINUE;
  }

  private Path target(Path from) {
    return to.resolve(guard.root().relativize(from));
  }

  private boolean isClosed(Path path) {
    return guard.isClosed(guard.root().relativize(path).toString());
  }

  private void count(long more) throws IOException {
    bytes += more;
    if (++entries > GoalLimits.TREE_ENTRIES || bytes > GoalLimits.TREE_BYTES) {
      throw new IOException(
          "the workspace has more than %d files, or more than %d MB"
              .formatted(GoalLimits.TREE_ENTRIES, GoalLimits.TREE_BYTES >> 20));
    }
  }
}
