package mimo.agent.goal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import mimo.agent.GoalLimits;
import mimo.agent.file.PathGuard;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Guarded;

/// Guarded files as they were when a goal was set, out of reach of agents; and a copy of the
/// workspace in which they are so again (G9, S83). Thread-safe.
public final class Originals {

  private final Path kept;
  private final Path scratch;
  private final InstantSource clock;

  /// @param kept where the copies are, a folder of mimo's own
  /// @param scratch where a workspace is copied to for a while
  public Originals(Path kept, Path scratch, InstantSource clock) {
    this.kept = kept;
    this.scratch = scratch;
    this.clock = clock;
  }

  /// Keeps a copy of these files.
  ///
  /// @return its name
  String keep(PathGuard guard, List<Guarded> files) throws IOException {
    sweep();
    var folder = Files.createTempDirectory(Files.createDirectories(kept), "");
    var name = String.valueOf(folder.getFileName());
    for (var file : files) {
      var target = folder.resolve(file.path());
      Files.createDirectories(target.getParent());
      Files.copy(guard.root().resolve(file.path()), target, NOFOLLOW_LINKS);
    }
    return name;
  }

  /// What nobody can want any more is removed.
  private void sweep() throws IOException {
    if (!Files.isDirectory(kept)) {
      return;
    }
    var oldest = clock.instant().minus(Duration.ofDays(GoalLimits.COPY_DAYS));
    try (var folders = Files.newDirectoryStream(kept)) {
      for (var folder : folders) {
        if (lastModified(folder).isBefore(oldest)) {
          remove(folder);
        }
      }
    }
  }

  private static Instant lastModified(Path path) throws IOException {
    return Files.getLastModifiedTime(path, NOFOLLOW_LINKS).toInstant();
  }

  /// A copy of the workspace with its guarded files as they were; removed once it is closed.
  ///
  /// @throws IOException if it cannot be made whole; nothing is proved then
  Restored restore(PathGuard guard, GoalFact.Set goal, List<Change> changes) throws IOException {
    if (goal.copy() == null) {
      throw new IOException("no copy of the tests was kept");
    }
    var folder = Files.createTempDirectory(Files.createDirectories(scratch), "goal-");
    var restored = new Restored(folder);
    boolean whole = false;
    try {
      Files.walkFileTree(guard.root(), new Copying(guard.root(), folder, scratch));
      for (var change : changes) {
        if (change.kind() == Change.Kind.ADDED) {
          Files.deleteIfExists(folder.resolve(change.path()));
        }
      }
      for (var file : goal.guarded()) {
        putBack(kept.resolve(goal.copy()).resolve(file.path()), folder.resolve(file.path()), file);
      }
      whole = true;
      return restored;
    } finally {
      if (!whole) {
        restored.close();
      }
    }
  }

  private static void putBack(Path from, Path to, Guarded file) throws IOException {
    try (var in = Files.newInputStream(from, NOFOLLOW_LINKS)) {
      if (!GuardedFiles.digest(in).sha256().equals(file.sha256())) {
        throw new IOException("the copy of " + file.path() + " is not what it was");
      }
    }
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /// A folder that is there for a while.
  record Restored(Path folder) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Copies a tree, links as links, within its limits. Confined to one thread.
  private static final class Copying extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;
    private final Path leftOut;
    private long bytes;
    private int entries;

    Copying(Path from, Path to, Path leftOut) {
      this.from = from;
      this.to = to;
      this.leftOut = leftOut;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.equals(leftOut)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      count(0);
      Files.createDirectories(to.resolve(from.relativize(folder)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isOther()) {
        return FileVisitResult.CONTINUE;
      }
      count(attributes.size());
      Files.copy(
          file,
          to.resolve(from.relativize(file)),
          NOFOLLOW_LINKS,
          StandardCopyOption.COPY_ATTRIBUTES);
      return FileVisitResult.CONTINUE;
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
}
