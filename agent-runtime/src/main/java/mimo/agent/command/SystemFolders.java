package mimo.agent.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/// The parts of the system a sandboxed command sees, read-only. They are named one by one: what a
/// system keeps elsewhere, sockets of its servers above all, is not there.
final class SystemFolders {

  private static final List<String> PROGRAMS =
      List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store");

  private static final Path SETTINGS = Path.of("/etc");
  private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
  private static final Path NAME_SERVERS = Path.of("/etc/resolv.conf");
  private static final int SETTINGS_DEPTH = 4;

  private SystemFolders() {}

  /// The arguments that show them.
  static List<String> arguments(CommandOrder.Network network) throws IOException {
    var arguments = new ArrayList<String>();
    for (var name : PROGRAMS) {
      var folder = Path.of(name);
      if (Files.isSymbolicLink(folder)) {
        arguments.addAll(List.of("--symlink", Files.readSymbolicLink(folder).toString(), name));
      } else if (Files.isDirectory(folder)) {
        arguments.addAll(List.of("--ro-bind", name, name));
      }
    }
    show(SETTINGS, arguments);
    // A Java machine learns here how much memory it may take.
    show(CONTROL_GROUPS, arguments);
    if (network == CommandOrder.Network.OPEN && Files.isSymbolicLink(NAME_SERVERS)) {
      show(NAME_SERVERS.toRealPath(), arguments);
    }
    return arguments;
  }

  private static void show(Path path, List<String> arguments) {
    if (Files.exists(path)) {
      arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
    }
  }

  /// What of the system's settings not everybody may read, outermost only: keys and passwords. A
  /// sandbox of the superuser would show them.
  static List<Path> secrets() throws IOException {
    var found = new ArrayList<Path>();
    if (Files.isReadable(SETTINGS)) {
      var visitor = new Closed(found);
      Files.walkFileTree(
          SETTINGS, EnumSet.noneOf(java.nio.file.FileVisitOption.class), SETTINGS_DEPTH, visitor);
    }
    return found;
  }

  private static final class Closed extends SimpleFileVisitor<Path> {

    private final List<Path> found;

    Closed(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return isClosed(folder, attributes) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      isClosed(file, attributes);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      // Whoever cannot read it here cannot read it in a sandbox either.
      return FileVisitResult.CONTINUE;
    }

    private boolean isClosed(Path path, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        return false;
      }
      var everybody =
          Files.readAttributes(path, PosixFileAttributes.class)
              .permissions()
              .contains(PosixFilePermission.OTHERS_READ);
      if (!everybody && !Objects.equals(path, SETTINGS)) {
        found.add(path);
      }
      return !everybody;
    }
  }
}
