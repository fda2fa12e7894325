package mimo.agent.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import mimo.agent.AgentLimits;
import org.jspecify.annotations.Nullable;

/// The one guard between path texts and the file system (A48, S26). Thread-safe.
///
/// Two questions, two answers. [#locate] says where a path leads, link and target. [#open] and
/// [#openFolder] then walk to that target again, part by part from the workspace's own descriptor,
/// following no link: whoever swaps a folder for a link in between gets a refusal, not a file.
/// Links inside the workspace still work, because `locate` has resolved them.
public final class PathGuard {

  private static final Set<? extends java.nio.file.OpenOption> READ =
      Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS);

  private final Path root;
  private final @Nullable Object rootKey;

  /// What lies in here is out of reach; null if nothing is. Free of links.
  private final @Nullable Path closed;

  private PathGuard(Path root, @Nullable Object rootKey, @Nullable Path closed) {
    this.root = root;
    this.rootKey = rootKey;
    this.closed = closed;
  }

  /// A guard over the files below `workspace`.
  ///
  /// @throws IOException if `workspace` is no folder that can be read
  public static PathGuard over(Path workspace) throws IOException {
    var root = workspace.toRealPath();
    var attributes = Files.readAttributes(root, BasicFileAttributes.class);
    if (!attributes.isDirectory()) {
      throw new java.nio.file.NotDirectoryException(workspace.toString());
    }
    return new PathGuard(root, attributes.fileKey(), null);
  }

  /// The same guard, but for what lies in `store`, should that be within the workspace: a process
  /// that has mimo's store open must not open its files in any other way, or its locks are lost
  /// (D16, D41).
  ///
  /// @param store need not exist yet
  public PathGuard without(Path store) throws IOException {
    return new PathGuard(root, rootKey, real(store.toAbsolutePath().normalize()));
  }

  private static Path real(Path path) throws IOException {
    var parent = path.getParent();
    return Files.exists(path) || parent == null
        ? path.toRealPath()
        : real(parent).resolve(Objects.requireNonNull(path.getFileName()));
  }

  /// A guard over a folder that [#locate] found, to which the same is closed.
  ///
  /// @throws IOException if it is no folder that can be read
  public PathGuard narrowed(Location.Inside folder) throws IOException {
    var inner = over(root.resolve(folder.real()));
    return new PathGuard(inner.root, inner.rootKey, closed);
  }

  /// Whether a path from the workspace that leads through no link is out of reach.
  public boolean isClosed(String real) {
    return closed != null && root.resolve(real).startsWith(closed);
  }

  /// The workspace, free of links.
  public Path root() {
    return root;
  }

  /// Models like absolute paths: one that starts with the workspace loses that start, by whole
  /// parts. Anything else comes back as it was, for [#locate] to judge.
  public String relative(String path) {
    try {
      var given = Path.of(path);
      if (!given.isAbsolute() || !given.startsWith(root)) {
        return path;
      }
      var rest = root.relativize(given).toString();
      return rest.isEmpty() ? "." : rest;
    } catch (InvalidPathException notAPath) {
      return path;
    }
  }

  /// Says where `path`, relative to the workspace, leads. `.` is the workspace itself.
  public Location locate(String path) {
    var fault = shapeFault(path);
    if (fault != null) {
      return new Location.Refused(fault);
    }
    Path asked;
    try {
      asked = root.resolve(path).normalize();
    } catch (InvalidPathException notAPath) {
      return new Location.Refused("the path cannot be read as one: " + notAPath.getReason());
    }
    try {
      return inside(path, asked.toRealPath());
    } catch (IOException unresolved) {
      return whyUnresolved(path, asked);
    }
  }

  /// Where a file would stand that [#locate] misses, relative to the workspace and free of links.
  ///
  /// @throws PathRefusedException if nothing may be made there
  Path vacancy(Location.Missing missing) throws IOException {
    var place = root;
    boolean there = true;
    for (var part : root.relativize(root.resolve(missing.asked()).normalize())) {
      place = place.resolve(part);
      there = there && stands(place);
      if (there) {
        place = place.toRealPath();
      }
      if (!place.startsWith(root) || (there && !Files.isDirectory(place, NOFOLLOW_LINKS))) {
        throw new PathRefusedException("'" + missing.asked() + "' leads through no folder");
      }
    }
    var real = root.relativize(place);
    if (isClosed(real.toString())) {
      throw new PathRefusedException("'" + missing.asked() + "' lies in mimo's own data folder");
    }
    return real;
  }

  private static boolean stands(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException nothingThere) {
      return false;
    }
  }

  /// Opens a file that [#locate] found, for reading.
  ///
  /// @throws PathRefusedException if it is no longer the plain file it was
  /// @throws NoSuchFileException if it is gone
  public SeekableByteChannel open(Location.Inside file) throws IOException {
    var parent = file.real().getParent();
    try (var folder = descend(parent == null ? Path.of("") : parent)) {
      return open(folder, Objects.requireNonNull(file.real().getFileName()));
    }
  }

  /// Opens a folder that [#locate] found. What it holds is reached through it alone.
  public SecureDirectoryStream<Path> openFolder(Location.Inside folder) throws IOException {
    return descend(folder.real());
  }

  /// Opens `name` in an opened folder; links, devices and pipes are refused.
  static SeekableByteChannel open(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    // A pipe or device is told apart before it is opened: opening one can block or act.
    if (!attributes(folder, name).isRegularFile()) {
      throw new PathRefusedException("'" + name + "' is no plain file");
    }
    try {
      return folder.newByteChannel(name, READ);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (IOException swapped) {
      // A link in the file's place is told by a plain IOException, other faults by finer ones.
      throw new PathRefusedException("'" + name + "' cannot be opened as the plain file it was");
    }
  }

  /// What stands at `name` itself, be it a link or not.
  public static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    return folder
        .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
        .readAttributes();
  }

  /// What is wrong with a path or pattern by its mere text, if anything.
  static @Nullable String shapeFault(String path) {
    if (path.isEmpty()) {
      return "the path is empty; '.' is the workspace";
    }
    if (path.length() > AgentLimits.PATH_CHARS) {
      return "the path has more than " + AgentLimits.PATH_CHARS + " characters";
    }
    if (path.indexOf('\0') >= 0) {
      return "the path holds a NUL character";
    }
    if (path.startsWith("/")) {
      return "'" + path + "' is absolute; paths are relative to the workspace";
    }
    for (var part : path.split("/", -1)) {
      if (part.equals("..")) {
        return "'" + path + "' leaves its folder by '..'";
      }
    }
    return null;
  }

  private Location inside(String path, Path target) throws IOException {
    if (!target.startsWith(root)) {
      return new Location.Refused("'" + path + "' leads out of the workspace");
    }
    var real = root.relativize(target);
    if (isClosed(real.toString())) {
      return new Location.Refused("'" + path + "' lies in mimo's own data folder");
    }
    var attributes = Files.readAttributes(target, BasicFileAttributes.class, NOFOLLOW_LINKS);
    if (attributes.isDirectory()) {
      return new Location.Inside(path, real, Location.Kind.FOLDER);
    }
    if (attributes.isRegularFile()) {
      return new Location.Inside(path, real, Location.Kind.FILE);
    }
    return new Location.Refused("'" + path + "' is neither a plain file nor a folder");
  }

  /// The real path cannot be told: because something on the way is missing inside the workspace,
  /// which is harmless, or for any other reason, which is refused.
  private Location whyUnresolved(String path, Path asked) {
    var known = root;
    for (var part : root.relativize(asked)) {
      var next = known.resolve(part);
      try {
        Files.readAttributes(next, BasicFileAttributes.class, NOFOLLOW_LINKS);
      } catch (NoSuchFileException nothingThere) {
        return new Location.Missing(path);
      } catch (IOException unresolvable) {
        break;
      }
      try {
        known = next.toRealPath();
      } catch (IOException unresolvable) {
        break;
      }
      if (!known.startsWith(root)) {
        return new Location.Refused("'" + path + "' leads out of the workspace");
      }
      if (!Files.isDirectory(known, NOFOLLOW_LINKS)) {
        return new Location.Missing(path);
      }
    }
    return new Location.Refused("'" + path + "' cannot be resolved");
  }

  private SecureDirectoryStream<Path> descend(Path real) throws IOException {
    var folder = openRoot();
    for (var part : real) {
      if (part.toString().isEmpty()) {
        continue;
      }
      try (var parent = folder) {
        folder = parent.newDirectoryStream(part, NOFOLLOW_LINKS);
      } catch (NoSuchFileException gone) {
        throw gone;
      } catch (IOException swapped) {
        throw new PathRefusedException("'" + real + "' is no longer the folder it was");
      }
    }
    return folder;
  }

  // The caller closes what it gets; every other way out of here closes it.
  @SuppressWarnings("StreamResourceLeak")
  SecureDirectoryStream<Path> openRoot() throws IOException {
    DirectoryStream<Path> opened = Files.newDirectoryStream(root);
    if (!(opened instanceof SecureDirectoryStream<Path> folder)) {
      opened.close();
      throw new PathRefusedException("this file system cannot open files relative to a folder");
    }
    var key = folder.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    if (!Objects.equals(key, rootKey)) {
      folder.close();
      throw new PathRefusedException("the workspace folder was replaced");
    }
    return folder;
  }
}
