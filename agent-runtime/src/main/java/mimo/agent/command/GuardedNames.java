package mimo.agent.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What has to be mounted where, so that no command changes the guarded names of a workspace (A60).
///
/// A mount cannot be renamed, removed or linked to. So whatever is guarded becomes one, read-only;
/// the folders on the way to it become mounts too, or a command would move a folder away and make a
/// new one in its place. What is not there gets an empty folder to mount upon. A link cannot be
/// mounted upon: it is remembered, and put back should a command replace it.
final class GuardedNames {

  private final Path workspace;
  private final Set<Path> pinned = new LinkedHashSet<>();
  private final Set<Path> readOnly = new LinkedHashSet<>();
  private final Set<Path> absent = new LinkedHashSet<>();
  private final Set<Path> links = new LinkedHashSet<>();

  GuardedNames(Path workspace, List<Path> names) throws IOException {
    this.workspace = workspace;
    for (var name : names) {
      sort(name.normalize());
    }
    absent.removeIf(path -> isBelowOther(path, absent));
    pinned.removeAll(readOnly);
  }

  private static boolean isBelowOther(Path path, Set<Path> others) {
    return others.stream().anyMatch(other -> !other.equals(path) && path.startsWith(other));
  }

  private void sort(Path name) throws IOException {
    var at = workspace;
    for (int i = 0; i < name.getNameCount(); i++) {
      at = at.resolve(name.getName(i));
      boolean last = i == name.getNameCount() - 1;
      if (Files.isSymbolicLink(at)) {
        links.add(at);
        if (!Files.exists(at)) {
          return;
        }
        at = at.toRealPath();
        if (!at.startsWith(workspace) || at.equals(workspace)) {
          return;
        }
      }
      if (!Files.exists(at, NOFOLLOW_LINKS)) {
        absent.add(at);
        return;
      }
      if (last || !Files.isDirectory(at, NOFOLLOW_LINKS)) {
        readOnly.add(at);
        return;
      }
      pinned.add(at);
    }
  }

  /// Folders that stay writable, but in their place.
  Set<Path> pinned() {
    return pinned;
  }

  Set<Path> readOnly() {
    return readOnly;
  }

  /// The first missing part of each name that is not there.
  Set<Path> absent() {
    return absent;
  }

  Set<Path> links() {
    return links;
  }
}
