package mimo.agent.permission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.permission.FileSubject.Name;

/// Tells which file a path means, with every name that leads to it (A48). Reads links, never files.
final class Targets {

  private final Path workspace;
  private final Path home;

  /// @param workspace free of links
  Targets(Path workspace, Path home) {
    this.workspace = workspace;
    this.home = home;
  }

  /// What a path means.
  ///
  /// @param paths absolute: as it was asked for, and where links lead
  record Target(List<Path> paths, FileSubject subject) {
    Target {
      paths = List.copyOf(paths);
    }
  }

  Path workspace() {
    return workspace;
  }

  Path home() {
    return home;
  }

  /// The file; empty if nobody can tell which it is.
  ///
  /// @param folder where a relative path begins
  Optional<Target> of(Path folder, String path) {
    if (path.length() > AgentLimits.PATH_CHARS) {
      return Optional.empty();
    }
    try {
      var written = folder.resolve(path);
      var paths = new ArrayList<Path>();
      paths.add(written.normalize());
      // `link/..` is not where it seems to be, so this one is not normalized before.
      for (var real : List.of(real(written), real(written.normalize()))) {
        if (!paths.contains(real)) {
          paths.add(real);
        }
      }
      var names = paths.stream().map(this::name).toList();
      return Optional.of(new Target(paths, new FileSubject(names, home.toString())));
    } catch (IOException | InvalidPathException unresolvable) {
      return Optional.empty();
    }
  }

  /// Where a path leads, if that is elsewhere than it says.
  Optional<Question.Link> link(String path) {
    return of(workspace, path)
        .filter(target -> target.paths().size() > 1)
        .map(target -> new Question.Link(path, name(target.paths().getLast()).inside()));
  }

  boolean isInside(Target target) {
    return target.paths().stream().allMatch(path -> path.startsWith(workspace));
  }

  boolean isProtected(Target target) {
    return target.paths().stream()
        .anyMatch(path ->
            path.startsWith(workspace)
                ? ProtectedPaths.holds(workspace.relativize(path))
                : ProtectedPaths.holds(fromRoot(path)));
  }

  private static Path fromRoot(Path path) {
    return Objects.requireNonNull(path.getRoot()).relativize(path);
  }

  private Name name(Path path) {
    var absolute = path.toString();
    if (!path.startsWith(workspace)) {
      return new Name(absolute, absolute);
    }
    var inside = workspace.relativize(path).toString();
    return new Name(inside.isEmpty() ? "." : inside, absolute);
  }

  /// The real path of what is there, and the rest of the path as it is written.
  private static Path real(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("a link leads to nothing");
    }
    var parent = path.getParent();
    var name = path.getFileName();
    return parent == null || name == null ? path : real(parent).resolve(name).normalize();
  }
}
