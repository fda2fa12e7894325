package mimo.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The checked-out repository as a tree of files, without what the build and tools leave in it.
record Repository(Path root) {

  /// The rooms that ship code, in the order in which they are built.
  static final List<String> ROOMS =
      List.of("engine", "sandbox", "compose-stdlib", "agent-runtime", "workflows", "cli");

  private static final Set<String> LEFT_BY_TOOLS =
      Set.of("target", "node_modules", ".git", ".DS_Store", "REPO-MAP.md");

  /// The hidden folders that are ours; others belong to editors and tools.
  private static final Set<String> HIDDEN_AND_OURS = Set.of(".mvn", ".ci");

  /// Finds the repository upwards from the folder this test runs in.
  static Repository here() {
    var folder = Path.of("").toAbsolutePath();
    for (var at = folder; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(".mvn")) && Files.isDirectory(at.resolve("docs"))) {
        return new Repository(at);
      }
    }
    throw new IllegalStateException("no repository (a folder with .mvn) at or above " + folder);
  }

  /// Every file, sorted by path.
  List<Path> files() {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.equals(root) || isOurs(nameOf(folder))
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              // In a linked worktree `.git` is a file, and holds a path of the machine.
              if (attributes.isRegularFile() && !LEFT_BY_TOOLS.contains(nameOf(file))) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
    found.sort(null);
    return found;
  }

  /// The files whose name ends in `suffix`, for example `.java`.
  List<Path> files(String suffix) {
    return files().stream().filter(file -> nameOf(file).endsWith(suffix)).toList();
  }

  /// How messages name a file: relative to the root, with slashes.
  String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  Path file(String name) {
    return root.resolve(name);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static boolean isOurs(String folder) {
    return HIDDEN_AND_OURS.contains(folder)
        || (!folder.startsWith(".") && !LEFT_BY_TOOLS.contains(folder));
  }

  private static String nameOf(Path path) {
    var name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
