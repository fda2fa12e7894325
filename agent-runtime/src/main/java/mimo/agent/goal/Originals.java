package mimo.agent.goal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import mimo.agent.GoalLimits;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Guarded;
import org.jspecify.annotations.Nullable;

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

  /// Which checks the user has set, kept beside the copies.
  UsersChecks usersChecks() {
    return new UsersChecks(kept.resolveSibling(kept.getFileName() + "-checks"), clock);
  }

  /// Keeps a copy of these files: of what they hold, also where a link leads to it.
  ///
  /// @return its name
  String keep(PathGuard guard, List<Guarded> files) throws IOException {
    sweep();
    var folder = Files.createTempDirectory(Files.createDirectories(kept), "");
    var name = String.valueOf(folder.getFileName());
    for (var file : files) {
      if (!(guard.locate(file.path()) instanceof Location.Inside inside)) {
        throw new NoSuchFileException(file.path(), null, "went while it was looked at");
      }
      var target = folder.resolve(file.path());
      Files.createDirectories(target.getParent());
      try (var in = Channels.newInputStream(guard.open(inside))) {
        Files.copy(in, target);
      }
      if (Files.isExecutable(guard.root().resolve(inside.real()))) {
        makeExecutable(target);
      }
    }
    return name;
  }

  private static void makeExecutable(Path file) throws IOException {
    var rights = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    rights.add(PosixFilePermission.OWNER_EXECUTE);
    Files.setPosixFilePermissions(file, rights);
  }

  /// What nobody can want any more is removed, and what a process that was killed has left.
  public void sweep() throws IOException {
    var now = clock.instant();
    TreeRemoval.sweep(kept, now.minus(Duration.ofDays(GoalLimits.COPY_DAYS)));
    TreeRemoval.sweep(scratch, now.minus(Duration.ofHours(GoalLimits.TREE_HOURS)));
    usersChecks().sweep();
  }

  /// A copy of the workspace with its guarded files as they were; removed once it is closed.
  ///
  /// @throws IOException if it cannot be made whole; nothing is proved then
  Restored restore(PathGuard guard, GoalFact.Set goal, List<Change> changes) throws IOException {
    if (goal.copy() == null) {
      throw new IOException("no copy of the tests was kept");
    }
    sweep();
    var folder = Files.createTempDirectory(Files.createDirectories(scratch), "goal-").toRealPath();
    var restored = new Restored(folder);
    boolean whole = false;
    try {
      TreeCopy.of(guard, folder, Set.of(scratch, kept));
      for (var change : changes) {
        if (change.kind() == Change.Kind.ADDED) {
          takeAway(folder, Path.of(change.path()));
        }
      }
      putBack(folder, goal.guarded(), kept.resolve(goal.copy()));
      whole = true;
      return restored;
    } finally {
      if (!whole) {
        restored.close();
      }
    }
  }

  /// Twice, since links can make two names one file: after the first time such a name is a file of
  /// its own.
  private static void putBack(Path folder, List<Guarded> files, Path originals) throws IOException {
    var there = new GuardedFiles(PathGuard.over(folder));
    for (int round = 0; round < 2; round++) {
      for (var file : files) {
        if (!isAsItWas(there, file)) {
          putBack(folder, originals.resolve(file.path()), file);
        }
      }
    }
    for (var file : files) {
      if (!isAsItWas(there, file)) {
        throw new IOException(file.path() + " cannot be put back");
      }
    }
  }

  private static boolean isAsItWas(GuardedFiles there, Guarded file) throws IOException {
    return there.read(file.path()).filter(read -> read.sha256().equals(file.sha256())).isPresent();
  }

  private static void putBack(Path folder, Path from, Guarded file) throws IOException {
    try (var in = Files.newInputStream(from, NOFOLLOW_LINKS)) {
      if (!GuardedFiles.digest(in).sha256().equals(file.sha256())) {
        throw new IOException("the copy of " + file.path() + " is not what it was");
      }
    }
    var path = Path.of(file.path());
    var to =
        ownFolder(folder, path.getParent()).resolve(Objects.requireNonNull(path.getFileName()));
    TreeRemoval.of(to);
    Files.copy(from, to);
  }

  /// The folder at `path`, made of folders alone. A link on the way is replaced: an agent may have
  /// laid it, and it can lead anywhere.
  private static Path ownFolder(Path folder, @Nullable Path path) throws IOException {
    var place = folder;
    for (var part : path == null ? Path.of("") : path) {
      place = place.resolve(part).normalize();
      if (!isFolder(place)) {
        TreeRemoval.of(place);
        Files.createDirectory(place);
      }
    }
    return place;
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, NOFOLLOW_LINKS);
  }

  /// Removes what was added, unless a link leads to it: that is not in the copy.
  private static void takeAway(Path folder, Path path) {
    var place = folder;
    for (var part : path) {
      if (!isFolder(place)) {
        return;
      }
      place = place.resolve(part);
    }
    TreeRemoval.of(place);
  }

  /// A folder that is there for a while.
  record Restored(Path folder) implements AutoCloseable {
    @Override
    public void close() {
      TreeRemoval.of(folder);
    }
  }
}
